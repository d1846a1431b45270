using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Customers;
using Samia.Inbox.WhatsApp;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>The client as the inbox registers it, against a server at the Cloud API's contract.</summary>
public sealed class WhatsAppClientTests(TestServers servers) : OutboundTests(servers)
{
    private static readonly CloudApiNumber Number = new("1080001", "EAAtoken");

    [Fact]
    public async Task A_reply_names_what_it_answers_and_links_are_previewed()
    {
        Assert.IsType<CloudApiAccepted>(await SendAsync("look: HTTPS://example.test", "wamid.QUESTION"));
        Assert.IsType<CloudApiAccepted>(await SendAsync("no link"));
        Assert.Equal("wamid.QUESTION", Api.Calls.First().Body.GetProperty("context").GetProperty("message_id").GetString());
        Assert.Equal([true, false], Api.Calls.Select(c => c.Body.GetProperty("text").GetProperty("preview_url").GetBoolean()));
        Assert.False(Api.Calls.Last().Body.TryGetProperty("context", out _));
    }

    [Fact]
    public async Task Any_script_and_any_character_arrives_as_it_was_written()
    {
        const string Text = "مرحبا \"quoted\" \\ 👩‍👩‍👧 <b>&amp;\n";
        await SendAsync(Text);
        Assert.Equal(Text, Assert.Single(Api.Calls).Text);
    }

    [Fact]
    public async Task The_error_body_is_read_with_its_code_details_and_wait()
    {
        Api.Answer = (_, http) =>
        {
            http.Response.Headers.RetryAfter = "7";
            return CloudApiServer.RefuseAsync(http, 130429, 429, "slow down");
        };
        var error = Assert.IsType<CloudApiRefused>(await SendAsync("hi")).Error;
        Assert.Equal(new CloudApiError(429, 130429, "slow down", false, "trace", TimeSpan.FromSeconds(7)), error);
    }

    [Theory]
    [InlineData(400, "<html>proxy</html>")]
    [InlineData(500, "")]
    [InlineData(503, """{"error":"text instead of an object"}""")]
    public async Task An_error_that_is_not_Metas_is_told_by_its_status(int status, string body)
    {
        Api.Answer = (_, http) => Write(http, status, body);
        var error = Assert.IsType<CloudApiRefused>(await SendAsync("hi")).Error;
        Assert.Equal((status, (int?)null), (error.HttpStatus, error.Code));
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, """{"messages":[]}""")]
    [InlineData(504, "")]
    public async Task An_answer_that_does_not_say_what_became_of_the_message_counts_as_lost(int status, string body)
    {
        Api.Answer = (_, http) => Write(http, status, body);
        Assert.IsType<CloudApiUnanswered>(await SendAsync("hi"));
    }

    [Fact]
    public async Task No_answer_within_the_timeout_is_a_lost_answer()
    {
        Api.Answer = (_, http) => Api.NeverAsync(http);
        Assert.IsType<CloudApiUnanswered>(await SendAsync("hi"));
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_a_lost_answer()
    {
        Api.Answer = async (_, http) =>
        {
            await http.Response.WriteAsync("{\"messages\":");
            await http.Response.Body.FlushAsync();
            await Api.NeverAsync(http);
        };
        Assert.IsType<CloudApiUnanswered>(await SendAsync("hi"));
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_lost_answer_and_nothing_is_posted_twice()
    {
        // The first call leaves an open connection: on such a one a client is tempted to repeat.
        await SendAsync("first");
        Api.Answer = (_, http) => CloudApiServer.BreakAsync(http);
        Assert.IsType<CloudApiUnanswered>(await SendAsync("hi"));
        Assert.Equal(["first", "hi"], Api.Texts);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_was_certainly_not_called()
    {
        var client = new WhatsAppClient(new HttpClient(), Options.Create(new WhatsAppOptions { BaseAddress = new("http://127.0.0.1:1/") }));
        Assert.IsType<CloudApiNotCalled>(await client.SendAsync(Number, Message("hi"), Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("EAA\nX-Evil: 1")]
    [InlineData("EAAé")]
    public async Task A_token_that_cannot_be_one_is_refused_unsent_and_told_nowhere(string token)
    {
        var refused = Assert.IsType<CloudApiRefused>(await Client().SendAsync(Number with { AccessToken = token }, Message("hi"), Cancellation));
        Assert.Equal(190, refused.Error.Code);
        Assert.Empty(Api.Calls);
        Assert.DoesNotContain("EAA", $"{refused} {Number}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        Api.Answer = (_, http) =>
        {
            http.Response.Redirect("/elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };
        Assert.Equal(307, Assert.IsType<CloudApiRefused>(await SendAsync("hi")).Error.HttpStatus);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_message_is_marked_read_by_its_wamid()
    {
        Assert.IsType<CloudApiAccepted>(await Client().MarkReadAsync(Number, "wamid.X", Cancellation));
        Assert.Equal("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.X"}""", Assert.Single(Api.Calls).Body.GetRawText());
    }

    [Theory]
    [InlineData("WhatsApp:BaseAddress", "graph.facebook.com")]
    [InlineData("WhatsApp:BaseAddress", "ftp://graph.facebook.com/")]
    [InlineData("WhatsApp:ApiVersion", "24")]
    [InlineData("WhatsApp:Outbound:MaxParallel", "0")]
    [InlineData("WhatsApp:Outbound:ClaimFor", "00:00:01")]
    public async Task A_wrong_setting_stops_the_start_with_a_message_that_names_it(string key, string value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartNodeAsync((key, value)));
        Assert.Contains($"'{key}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:5090/")]
    [InlineData("http://localhost:5090")]
    public void A_base_address_may_end_with_a_slash_or_not(string address) => Assert.Equal(
        "http://localhost:5090/v24.0/108/messages",
        new WhatsAppOptions { BaseAddress = new(address) }.EndpointOf("108", "messages").AbsoluteUri);

    private WhatsAppClient Client() => Inbox.Get<WhatsAppClient>();

    private Task<CloudApiAnswer> SendAsync(string text, string? replyTo = null) =>
        Client().SendAsync(Number, Message(text) with { ReplyToWamid = replyTo }, Cancellation);

    private static OutgoingMessage Message(string text) =>
        new(Guid.NewGuid(), new CustomerAddress("96170123456", null), MessageKind.Text, text, null, DateTimeOffset.UtcNow);

    private static Task Write(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body);
    }
}
