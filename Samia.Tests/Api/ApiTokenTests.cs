using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Api;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>What an admin does with tokens.</summary>
public sealed class ApiTokenTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_told_once_and_stored_as_a_hash()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await using var admin = Desk.Of(running.Inbox, business, SeededRoles.Admin);
        var created = await admin.Get<ApiTokens>().CreateAsync(
            new(" Shop ", [Permissions.Reply, Permissions.ViewConversations], 60, null), Cancellation);

        var listed = Assert.Single(await admin.Get<ApiTokens>().ListAsync(Cancellation));
        Assert.Equal((created.Id, "Shop", created.Text[^4..], 60, admin.EmployeeId), (listed.Id, listed.Name, listed.LastFour, listed.RateLimit, listed.CreatedById));
        Assert.Equal([Permissions.ViewConversations, Permissions.Reply], listed.Permissions);
        Assert.StartsWith("samia_", created.Text);
        Assert.DoesNotContain(created.Text, created.ToString());

        var secret = Base64Url.DecodeFromChars(created.Text.AsSpan("samia_".Length))[32..];
        var stored = await admin.ReadAsync(db => db.ApiTokens.SingleAsync(Cancellation));
        Assert.Equal(32, secret.Length);
        Assert.NotEqual(secret, stored.SecretHash);
        var log = await admin.ReadAsync(db => db.ActivityLogs.SingleAsync(l => l.Action == "api_token.created", Cancellation));
        Assert.DoesNotContain(created.Text[6..], log.After);
    }

    [Fact]
    public async Task Nobody_gives_a_token_what_they_do_not_hold()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await running.Inbox.Database.ExecuteAsync(
            "update roles set permissions = permissions || '{api.manage}' where business_id = $1 and name = 'Viewer'", business.Id);
        await using var viewer = Desk.Of(running.Inbox, business, SeededRoles.Viewer);
        var tokens = viewer.Get<ApiTokens>();
        var refused = await Assert.ThrowsAsync<NotPermittedException>(() => tokens.CreateAsync(
            new("Shop", [Permissions.ViewConversations, Permissions.Reply], 60, null), Cancellation));
        Assert.Equal(Permissions.Reply, refused.Permission);
        Assert.Empty(await tokens.ListAsync(Cancellation));
        await tokens.CreateAsync(new("Shop", [Permissions.ViewConversations], 60, null), Cancellation);
    }

    [Fact]
    public async Task A_token_that_makes_no_sense_is_refused_in_words()
    {
        await using var admin = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        NewApiToken right = new("Shop", [Permissions.Reply], 60, null);
        NewApiToken[] wrong =
        [
            right with { Name = "  " }, right with { Name = new string('x', 121) }, right with { Permissions = [] },
            right with { Permissions = ["conversations.everything"] }, right with { Permissions = [Permissions.ViewAssigned] },
            right with { RateLimit = 0 }, right with { RateLimit = 100_001 },
            right with { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1) },
        ];
        foreach (var request in wrong)
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(() => admin.Get<ApiTokens>().CreateAsync(request, Cancellation));
            Assert.Null(refused.ParamName);
        }
    }

    [Fact]
    public async Task A_token_is_renamed_and_revoked_and_the_log_says_by_whom()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await using var admin = Desk.Of(running.Inbox, business, SeededRoles.Admin);
        await using var stranger = Desk.Of(running.Inbox, await TestBusiness.CreateAsync(running.Inbox), SeededRoles.Admin);
        var tokens = admin.Get<ApiTokens>();
        var created = await tokens.CreateAsync(new("Shop", [Permissions.Reply], 60, null), Cancellation);

        await stranger.Get<ApiTokens>().RenameAsync(created.Id, "Stolen", Cancellation);
        await stranger.Get<ApiTokens>().RevokeAsync(created.Id, Cancellation);
        await tokens.RenameAsync(created.Id, "Web shop", Cancellation);
        Assert.Equal(("Web shop", null), (await tokens.ListAsync(Cancellation)).Select(t => (t.Name, t.RevokedAt)).Single());

        await tokens.RevokeAsync(created.Id, Cancellation);
        await tokens.RevokeAsync(created.Id, Cancellation);
        Assert.False(Assert.Single(await tokens.ListAsync(Cancellation)).WorksAt(DateTimeOffset.UtcNow));
        var log = await admin.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == created.Id).OrderBy(l => l.Sequence).ToListAsync(Cancellation));
        Assert.Equal(["api_token.created", "api_token.renamed", "api_token.revoked"], log.Select(l => l.Action));
        Assert.All(log, l => Assert.Equal((ActorKind.Employee, admin.EmployeeId), (l.ActorKind, l.EmployeeId)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("samia_")]
    [InlineData("samia_AAAA")]
    [InlineData("sk_0000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void What_is_no_token_is_not_taken_for_one(string text) => Assert.Null(ApiTokenText.Parse(text));

    [Fact]
    public void A_token_says_whose_it_is()
    {
        var (business, token) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var text = ApiTokenText.Create(business, token);
        var parsed = ApiTokenText.Parse(text.Reveal())!;
        Assert.Equal((business, token), (parsed.BusinessId, parsed.TokenId));
        Assert.Equal(text.SecretHash, parsed.SecretHash);
        Assert.Null(ApiTokenText.Parse(ApiTokenText.Create(Guid.Empty, token).Reveal()));
    }
}
