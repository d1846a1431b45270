using System.Net;
using System.Text;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

public sealed class WebhookEndpointTests(TestServers servers) : InboundTests(servers)
{
    [Fact]
    public async Task The_handshake_answers_the_challenge_only_to_a_known_token()
    {
        Assert.Equal("challenge-7", await Inbox.Http.GetStringAsync(
            $"/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token={Business.VerifyToken}&hub.challenge=challenge-7", Cancellation));
        foreach (var query in (string[])
            ["hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1", "hub.mode=subscribe&hub.challenge=1",
                $"hub.mode=other&hub.verify_token={Business.VerifyToken}&hub.challenge=1", ""])
        {
            using var refused = await Inbox.Http.GetAsync("/webhooks/whatsapp?" + query, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_bad_or_missing_signature_is_refused_and_nothing_is_kept()
    {
        var body = Bodies.Of(Business, Bodies.Text("96170111111", "hi"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Meta.PostAsync(body, secret: "another"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Meta.PostAsync(body, signature: "sha256=00"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Meta.PostAsync(body, signature: "sha1=" + new string('0', 64)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Meta.PostAsync(body + " ", signature: Meta.Sign(Encoding.UTF8.GetBytes(body), Business.AppSecret)));
        using var unsigned = new StringContent(body);
        using var response = await Inbox.Http.PostAsync("/webhooks/whatsapp", unsigned, Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, await Meta.CountAsync("webhook_logs"));
    }

    [Fact]
    public async Task A_body_is_taken_up_to_three_megabytes()
    {
        var text = Bodies.Of(Business, Bodies.Text("96170111111", "hi"));
        var padded = text[..^1] + new string(' ', (3 * 1024 * 1024) - text.Length) + "}";
        Assert.Equal(HttpStatusCode.OK, await Meta.PostAsync(padded));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Meta.PostAsync(padded + " "));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"object\":")]
    [InlineData("not json")]
    public async Task What_is_not_JSON_is_refused_as_such(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, await Meta.PostAsync(body));

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"unknown","changes":[{"field":"account_update","value":{}}]}]}""")]
    [InlineData("""{"object":"page","entry":{"id":5}}""")]
    public async Task JSON_that_names_no_known_number_is_kept_out_of_every_tenants_sight(string body)
    {
        Assert.Equal(HttpStatusCode.OK, await Meta.PostAsync(body));
        Assert.Equal(1, await Inbox.Database.ScalarAsync<long>(
            "select count(*) from webhook_logs where status = 'unrouted' and business_id = $1 and body = $2",
            Guid.Empty, Encoding.UTF8.GetBytes(body)));
        Assert.Equal(0, await Meta.CountAsync("webhook_logs"));
    }

    [Fact]
    public async Task One_body_of_two_businesses_of_one_app_becomes_a_row_of_each()
    {
        var other = await TestBusiness.CreateAsync(Inbox, appSecret: Business.AppSecret);
        await Meta.DeliverAsync(Bodies.Envelope(
            Bodies.Change(Business, "messages", Bodies.Text("96170111111", "for the first")),
            Bodies.Change(other, "messages", Bodies.Text("96170111111", "for the second"))));
        var elsewhere = new Meta(Inbox, other);
        await elsewhere.SettledAsync();
        Assert.Equal("for the first", Assert.Single(await Meta.MessagesAsync()).Body);
        Assert.Equal("for the second", Assert.Single(await elsewhere.MessagesAsync()).Body);
        Assert.Equal(0, await Meta.CountAsync("webhook_logs", "convert_from(body, 'UTF8') like '%second%'"));
    }

    [Fact]
    public async Task A_change_of_another_apps_connection_has_the_whole_body_refused()
    {
        var other = await TestBusiness.CreateAsync(Inbox);
        Assert.Equal(HttpStatusCode.Unauthorized, await Meta.PostAsync(Bodies.Envelope(
            Bodies.Change(Business, "messages", Bodies.Text("96170111111", "mine")),
            Bodies.Change(other, "messages", Bodies.Text("96170111111", "smuggled")))));
        Assert.Equal(0, await Meta.CountAsync("webhook_logs"));
        Assert.Equal(0, await new Meta(Inbox, other).CountAsync("webhook_logs"));
    }

    [Fact]
    public async Task A_connection_that_the_database_closed_is_replaced_before_anybody_notices()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text("96170000031", "before")));
        await Inbox.Database.ExecuteAsync(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'samia_platform' and datname = current_database()");
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text("96170000031", "after")));
        Assert.Equal(["before", "after"], (await Meta.MessagesAsync()).Select(m => m.Body));
    }

    [Fact]
    public async Task Many_at_once_are_all_answered_and_all_on_disk()
    {
        var bodies = Enumerable.Range(0, 200).Select(i => Bodies.Of(Business, Bodies.Text($"9617{i:D7}", $"hello {i}"))).ToList();
        var answers = await Task.WhenAll(bodies.Select(b => Meta.PostAsync(b)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a));
        Assert.Equal(200, await Meta.CountAsync("webhook_logs"));
        await Meta.SettledAsync();
        Assert.Equal(200, await Meta.CountAsync("messages"));
        Assert.Equal(200, await Meta.CountAsync("conversations"));
    }
}
