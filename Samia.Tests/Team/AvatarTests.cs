using System.Net;
using Microsoft.EntityFrameworkCore;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using SkiaSharp;

namespace Samia.Tests.Team;

public sealed class AvatarTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private Desk _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private Guid AgentId => _business.EmployeeIds[SeededRoles.Agent];

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _agent = Desk.Of(running.Inbox, _business);
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task A_picture_becomes_a_small_square_of_its_middle(SKEncodedImageFormat format)
    {
        await _agent.Get<Avatars>().SetMineAsync(Picture(3000, 1000, format), Cancellation);
        var kept = (await _agent.Get<Avatars>().FindAsync(AgentId, Cancellation))!;
        Assert.Equal("image/webp", kept.ContentType);
        Assert.InRange(kept.Content.Length, 100, 100_000);
        using var drawn = SKBitmap.Decode(kept.Content);
        Assert.Equal((256, 256), (drawn.Width, drawn.Height));
        // Left and right of the middle third, which is green, it was red.
        Assert.True(IsGreen(drawn.GetPixel(4, 128)) && IsGreen(drawn.GetPixel(251, 128)), $"{drawn.GetPixel(4, 128)} {drawn.GetPixel(251, 128)}");
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public async Task A_photo_stands_as_the_camera_was_held_and_says_no_more_where_it_was_taken(int orientation, int column, int row)
    {
        // The corner that is white lies first in the file.
        await _agent.Get<Avatars>().SetMineAsync(Photo((byte)orientation), Cancellation);
        var kept = (await _agent.Get<Avatars>().FindAsync(AgentId, Cancellation))!.Content;
        using var drawn = SKBitmap.Decode(kept);
        var corners = new[] { (0, 0), (1, 0), (0, 1), (1, 1) };
        Assert.Equal((column, row), corners.MaxBy(c => (int)drawn.GetPixel(20 + (c.Item1 * 215), 20 + (c.Item2 * 215)).Red));
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(kept));
    }

    [Fact]
    public async Task What_is_no_picture_or_too_much_of_one_is_refused_and_the_old_one_stays()
    {
        await _agent.Get<Avatars>().SetMineAsync(Picture(100, 100), Cancellation);
        var before = await _agent.Get<Avatars>().FindAsync(AgentId, Cancellation);
        byte[] svg = [.. "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8];
        byte[] gif = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];
        var cut = Picture(300, 300)[..200];
        foreach (var bad in (byte[][])[[], [1, 2, 3], svg, gif, cut, Bomb(), new byte[Avatars.MaxUploadBytes + 1]])
        {
            Assert.NotEmpty((await Assert.ThrowsAsync<TeamRefusedException>(() => _agent.Get<Avatars>().SetMineAsync(bad, Cancellation))).Message);
        }

        Assert.Equal(before!.Version, (await _agent.Get<Avatars>().FindAsync(AgentId, Cancellation))!.Version);
    }

    [Fact]
    public async Task It_is_served_to_colleagues_and_to_nobody_else()
    {
        await _agent.Get<Avatars>().SetMineAsync(Picture(100, 100), Cancellation);
        var kept = (await _agent.Get<Avatars>().FindAsync(AgentId, Cancellation))!;
        using var colleague = new WebVisitor(running.Inbox);
        await colleague.SignInAsync(_business, SeededRoles.Viewer);
        using var served = await colleague.GetAsync($"/avatars/{AgentId}?v={kept.Version}");
        Assert.Equal(kept.Content, await served.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("image/webp", served.Content.Headers.ContentType!.ToString());
        Assert.Equal("max-age=31536000, private, immutable", served.Headers.CacheControl!.ToString());
        Assert.Equal(["nosniff"], served.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single());

        using var old = await colleague.GetAsync($"/avatars/{AgentId}?v=0000");
        Assert.Equal("no-cache, private", old.Headers.CacheControl!.ToString());
        colleague.Headers.Add("If-None-Match", $"\"{kept.Version}\"");
        using var known = await colleague.GetAsync($"/avatars/{AgentId}");
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);

        using var without = await colleague.GetAsync($"/avatars/{_business.EmployeeIds[SeededRoles.Admin]}");
        Assert.Equal(HttpStatusCode.NotFound, without.StatusCode);
        using var stranger = new WebVisitor(running.Inbox);
        using var refused = await stranger.GetAsync($"/avatars/{AgentId}?v={kept.Version}");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        using var other = new WebVisitor(running.Inbox);
        await other.SignInAsync(await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        using var elsewhere = await other.GetAsync($"/avatars/{AgentId}?v={kept.Version}");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Ones_own_is_ones_own_and_everybodys_is_of_who_manages_the_team()
    {
        await using var manager = Desk.Of(running.Inbox, _business, SeededRoles.Manager);
        await Assert.ThrowsAsync<NotPermittedException>(() => _agent.Get<Avatars>().SetAsync(manager.EmployeeId, Picture(100, 100), Cancellation));
        await manager.Get<Avatars>().SetAsync(AgentId, Picture(100, 100), Cancellation);
        Assert.NotNull((await _agent.Get<MyProfile>().FindAsync(Cancellation))!.AvatarVersion);
        await _agent.Get<Avatars>().SetMineAsync(null, Cancellation);
        Assert.Null((await _agent.Get<MyProfile>().FindAsync(Cancellation))!.AvatarVersion);
        Assert.Null(await _agent.Get<Avatars>().FindAsync(AgentId, Cancellation));
        Assert.Equal(2, await _agent.ReadAsync(db => db.ActivityLogs.CountAsync(l => l.SubjectId == AgentId && l.Action == "employee.changed", Cancellation)));
    }

    private static bool IsGreen(SKColor color) => color.Green > 150 && color.Red < 120;

    // Red, with a green middle.
    private static byte[] Picture(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(width, height);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Red);
            using var green = new SKPaint { Color = SKColors.Lime };
            canvas.DrawRect((width - height) / 2f, 0, height, height, green);
        }

        using var encoded = bitmap.Encode(format, 90);
        return encoded.ToArray();
    }

    private static byte[] Photo(byte orientation)
    {
        using var bitmap = new SKBitmap(400, 300);
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SKColors.Black);
            using var white = new SKPaint { Color = SKColors.White };
            canvas.DrawRect(0, 0, 180, 130, white);
        }

        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        var jpeg = encoded.ToArray();
        // An Exif segment with one entry: tag 0x0112, the orientation.
        byte[] exif = [0xff, 0xe1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    // A PNG of some bytes that says that it is 60,000 pixels wide and high.
    private static byte[] Bomb()
    {
        var png = Picture(10, 10);
        byte[] size = [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60];
        size.CopyTo(png, 16);
        var checksum = System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12, 17));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), checksum);
        return png;
    }
}
