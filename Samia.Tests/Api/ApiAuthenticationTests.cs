using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Inbox.Api;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Api;

public sealed class ApiAuthenticationTests(TestServers servers) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: builder => builder.Services.AddSingleton<TimeProvider>(_clock));
        _business = await TestBusiness.CreateAsync(_inbox, "Cedar Shop");
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    [Fact]
    public async Task A_token_acts_for_its_business()
    {
        var token = await ApiProgram.TokenAsync(_inbox, _business, 77, permissions: Permissions.Reply);
        using var program = new ApiProgram(_inbox, token.Text);
        var business = (await program.GetAsync("business")).Is(HttpStatusCode.OK);
        Assert.Equal((_business.Id, "Cedar Shop", "active"), (business.Id, business["name"].GetString(), business["status"].GetString()));
        var self = (await program.GetAsync("token")).Is(HttpStatusCode.OK);
        Assert.Equal((token.Id, 77), (self.Id, self["rateLimit"].GetInt32()));
        Assert.Equal([Permissions.Reply], self["permissions"].EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public async Task Without_a_token_nothing_opens_not_even_what_is_not_there()
    {
        using var stranger = new ApiProgram(_inbox, null);
        foreach (var path in (string[])["business", "no/such/thing", "/api", "/api/v2/business"])
        {
            var refused = (await stranger.GetAsync(path, ("Accept", "text/html"))).IsProblem(HttpStatusCode.Unauthorized, "token_missing");
            Assert.Equal("Bearer realm=\"Samia\"", refused.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task A_token_opens_only_whole_and_only_as_it_was_made()
    {
        var text = (await ApiProgram.TokenAsync(_inbox, _business)).Text;
        var other = ApiTokenText.Parse((await ApiProgram.TokenAsync(_inbox, await TestBusiness.CreateAsync(_inbox))).Text)!;
        var parsed = ApiTokenText.Parse(text)!;
        string[] wrong =
        [
            text[..^4], text + "AAAA", text[6..], "samia_", text.ToUpperInvariant(), "Basic",
            // The right ids with another secret, and ids that do not go together.
            ApiTokenText.Create(parsed.BusinessId, parsed.TokenId).Reveal(),
            ApiTokenText.Create(other.BusinessId, parsed.TokenId).Reveal(),
            ApiTokenText.Create(Guid.CreateVersion7(), parsed.TokenId).Reveal(),
        ];
        foreach (var token in wrong)
        {
            using var program = new ApiProgram(_inbox, token);
            var refused = (await program.GetAsync("business")).IsProblem(HttpStatusCode.Unauthorized, "token_invalid");
            Assert.Contains("error=\"invalid_token\"", refused.Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task A_token_that_is_revoked_while_it_is_used_opens_nothing_from_then_on()
    {
        var token = await ApiProgram.TokenAsync(_inbox, _business);
        using var program = new ApiProgram(_inbox, token.Text);
        (await program.GetAsync("business")).Is(HttpStatusCode.OK);
        await using (var admin = Desk.Of(_inbox, _business, SeededRoles.Admin))
        {
            await admin.Get<ApiTokens>().RevokeAsync(token.Id, Cancellation);
        }

        (await program.GetAsync("business")).IsProblem(HttpStatusCode.Unauthorized, "token_revoked");
    }

    [Fact]
    public async Task A_token_ends_when_it_was_to_end()
    {
        using var program = new ApiProgram(_inbox,
            (await ApiProgram.TokenAsync(_inbox, _business, expiresAt: _clock.GetUtcNow().AddHours(1))).Text);
        (await program.GetAsync("business")).Is(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromHours(1));
        (await program.GetAsync("business")).IsProblem(HttpStatusCode.Unauthorized, "token_expired");
    }

    [Theory]
    [InlineData("suspended", HttpStatusCode.OK)]
    [InlineData("closed", HttpStatusCode.Unauthorized)]
    public async Task A_closed_business_has_no_programs_and_a_suspended_one_has(string status, HttpStatusCode answer)
    {
        using var program = await ApiProgram.OfAsync(_inbox, _business);
        await _inbox.Database.ExecuteAsync("update businesses set status = $1 where id = $2", status, _business.Id);
        Assert.Equal(answer, (await program.GetAsync("business")).Status);
    }

    [Fact]
    public async Task Signing_in_opens_no_API_and_a_token_opens_nothing_else()
    {
        using var person = new WebVisitor(_inbox);
        await person.SignInAsync(_business, SeededRoles.Admin);
        using var refused = await person.GetAsync("/api/v1/business");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);

        using var visitor = new WebVisitor(_inbox);
        visitor.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await ApiProgram.TokenAsync(_inbox, _business)).Text);
        Assert.False(await visitor.IsSignedInAsync());
        using var hub = await visitor.PostAsync(InboxHub.Path + "/negotiate?negotiateVersion=1");
        Assert.Equal(HttpStatusCode.Unauthorized, hub.StatusCode);
    }

    [Fact]
    public async Task That_a_token_was_used_is_noted_once_a_minute()
    {
        var token = await ApiProgram.TokenAsync(_inbox, _business);
        using var program = new ApiProgram(_inbox, token.Text);
        Task<string> VersionAsync() => _inbox.Database.ScalarAsync<string>(
            "select xmin::text || ' ' || last_used_at from api_tokens where id = $1", token.Id);

        await program.GetAsync("business");
        var first = await VersionAsync();
        _clock.Advance(TimeSpan.FromSeconds(59));
        await program.GetAsync("business");
        Assert.Equal(first, await VersionAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        await program.GetAsync("business");
        Assert.NotEqual(first, await VersionAsync());
    }

    [Fact]
    public async Task What_is_not_there_or_takes_something_else_says_so()
    {
        using var program = await ApiProgram.OfAsync(_inbox, _business);
        (await program.GetAsync("no/such/thing")).IsProblem(HttpStatusCode.NotFound, "not_found");
        (await program.PostAsync("business", new { })).IsProblem(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }
}
