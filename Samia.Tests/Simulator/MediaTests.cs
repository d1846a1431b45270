using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Samia.Local.Simulator;

namespace Samia.Tests.Simulator;

public sealed class MediaTests : SimulatorTests
{
    [Fact]
    public async Task What_a_customer_sends_can_be_fetched_with_the_token_for_five_minutes()
    {
        var phone = await WriterAsync();
        await Simulator.SendMediaAsync(phone, SampleMedia.Voice, voice: true);
        var audio = Inbox.Accepted.Single().Message!["audio"]!;
        Assert.True((bool)audio["voice"]!);
        var described = await GetAsync($"/v23.0/{audio["id"]}");
        Assert.Equal(("audio/ogg; codecs=opus", SampleMedia.Voice.Bytes.Length), ((string)described["mime_type"]!, (int)described["file_size"]!));

        var url = (string)described["url"]!;
        var bytes = await Http.GetByteArrayAsync(url, Cancellation);
        Assert.Equal(SampleMedia.Voice.Bytes, bytes);
        Assert.Equal((string)described["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal((string)audio["sha256"]!, Convert.ToBase64String(SHA256.HashData(bytes)));

        using var stranger = new HttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(url, Cancellation)).StatusCode);
        Clock.Ahead = TimeSpan.FromMinutes(6);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync(url, Cancellation)).StatusCode);
        Clock.Ahead = TimeSpan.Zero;
        Assert.Equal(HttpStatusCode.BadRequest, (await Http.GetAsync(url.Replace("hash=", "hash=0", StringComparison.Ordinal), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task What_the_business_uploads_can_be_sent_and_arrives_on_the_phone()
    {
        var phone = await WriterAsync();
        var id = (string)(await UploadAsync(SampleMedia.Photo.Bytes, "image/jpeg")).Body["id"]!;
        var picture = Envelope("image", new JsonObject { ["id"] = id, ["caption"] = "look" });
        picture["to"] = phone.Person.WaId;
        Assert.Equal(200, (await PostAsync(picture)).Status);
        await Support.Eventually.TrueAsync(() => phone.Messages.Count == 2);
        Assert.Equal(("image", "look", id), (phone.Messages[1].Type, phone.Messages[1].Text, (string)phone.Messages[1].Content["id"]!));
        using var http = new HttpClient { BaseAddress = Simulator.Address };
        Assert.Equal(SampleMedia.Photo.Bytes, await http.GetByteArrayAsync($"/simulator/api/lines/555/media/{id}", Cancellation));

        var asAudio = Envelope("audio", new JsonObject { ["id"] = id });
        asAudio["to"] = phone.Person.WaId;
        Assert.Equal(131053, (await PostAsync(asAudio)).ErrorCode);
    }

    [Theory]
    [InlineData("image/gif", 10, 100)]
    [InlineData("image/jpeg", (5 * 1024 * 1024) + 1, 131053)]
    [InlineData("image/webp", 600_000, 131053)]
    [InlineData("image/png", 5 * 1024 * 1024, null)]
    public async Task A_file_of_a_wrong_type_or_size_is_refused(string mimeType, int size, int? code) =>
        Assert.Equal(code, (await UploadAsync(new byte[size], mimeType)).ErrorCode);

    [Fact]
    public async Task A_file_can_be_deleted_and_an_unknown_one_is_not_found()
    {
        var id = (string)(await UploadAsync([1, 2, 3], "image/png")).Body["id"]!;
        using var deleted = await Http.DeleteAsync($"/v23.0/{id}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var gone = await Http.GetAsync($"/v23.0/{id}", Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, gone.StatusCode);
        Assert.Equal(33, (int)(await gone.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!["error"]!["error_subcode"]!);
    }

    private async Task<ApiAnswer> UploadAsync(byte[] bytes, string mimeType)
    {
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(mimeType);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("whatsapp"), "messaging_product" }, { new StringContent(mimeType), "type" }, { file, "file", "a-file" },
        };
        using var response = await Http.PostAsync("/v23.0/555/media", form, Cancellation);
        return new ApiAnswer((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!);
    }
}
