using System.Net;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.WhatsApp;

namespace Samia.Tests.Api;

/// <summary>What a program sends goes out over WhatsApp, and once.</summary>
public sealed class MessageApiTests(TestServers servers) : OutboundTests(servers)
{
    private const string Key = "Idempotency-Key";

    [Fact]
    public async Task A_text_goes_out_as_a_programs()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business, Permissions.Reply);
        var conversation = await ConversationAsync();
        var sent = (await program.PostAsync($"conversations/{conversation}/messages", new { text = " Your order is ready. " })).Is(HttpStatusCode.Created);
        Assert.Equal(("Your order is ready.", "outbound", "api", null, "text", conversation), (sent["body"].GetString(), sent["direction"].GetString(),
            sent["author"].GetString(), sent["employeeId"].GetString(), sent["kind"].GetString(), sent["conversationId"].GetGuid()));
        Assert.Equal($"/api/v1/messages/{sent.Id}", sent.Headers.Location!.ToString());

        var message = await BecomesAsync(sent.Id, MessageStatus.Sent);
        Assert.Equal((MessageAuthor.Api, null), (message.Author, message.EmployeeId));
        Assert.Equal(["Your order is ready."], Api.Texts);
        using var reader = await ApiProgram.OfAsync(Inbox, Business, Permissions.ViewConversations);
        var read = (await reader.GetAsync($"messages/{sent.Id}")).Is(HttpStatusCode.OK);
        Assert.Equal(("sent", message.Wamid), (read["status"].GetString(), read["whatsAppId"].GetString()));
        (await reader.PostAsync($"conversations/{conversation}/messages", new { text = "x" })).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
        (await program.GetAsync($"messages/{sent.Id}")).IsProblem(HttpStatusCode.Forbidden, "permission_missing");
    }

    [Fact]
    public async Task However_often_a_key_is_sent_one_message_goes_out()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        var conversation = await ConversationAsync();
        Task<ApiAnswer> SendAsync() => program.PostAsync($"conversations/{conversation}/messages", new { text = "Once" }, (Key, "order-1042"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync()));
        var done = answers.Where(a => a.Status == HttpStatusCode.Created).ToList();
        Assert.NotEmpty(done);
        Assert.Single(done, a => a.Header("Idempotency-Replayed") is null);
        Assert.All(answers.Except(done), a => a.IsProblem(HttpStatusCode.Conflict, "request_running"));

        var again = (await SendAsync()).Is(HttpStatusCode.Created);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Single(done.Append(again).Select(a => (a.Text, a.ETag, a.Headers.Location)).Distinct());
        await BecomesAsync(again.Id, MessageStatus.Sent);
        Assert.Equal(["Once"], Api.Texts);
        Assert.Equal(1, await Meta.CountAsync("messages", "direction = 'outbound'"));
    }

    [Fact]
    public async Task A_key_is_of_one_token_and_of_one_request()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        using var another = await ApiProgram.OfAsync(Inbox, Business);
        var (one, two) = ($"conversations/{await ConversationAsync()}/messages", $"conversations/{await ConversationAsync()}/messages");
        (await program.PostAsync(one, new { text = "Hello" }, (Key, "k"))).Is(HttpStatusCode.Created);
        (await program.PostAsync(one, new { text = "Hello!" }, (Key, "k"))).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await program.PostAsync(two, new { text = "Hello" }, (Key, "k"))).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
        (await another.PostAsync(one, new { text = "Hello" }, (Key, "k"))).Is(HttpStatusCode.Created);
        (await program.PostAsync(one, new { text = "Hello" })).Is(HttpStatusCode.Created);
        (await program.PostAsync(one, new { text = "Hello" })).Is(HttpStatusCode.Created);
        Assert.Equal(4, await Meta.CountAsync("messages", "direction = 'outbound'"));
        foreach (var key in (string[])["", new string('k', 256), "a b"])
        {
            (await program.PostAsync(one, new { text = "Hello" }, (Key, key))).IsProblem(HttpStatusCode.BadRequest, "idempotency_key_invalid");
        }
    }

    [Fact]
    public async Task What_was_refused_is_tried_anew()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        (await program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" })).Is(HttpStatusCode.Created);
        var label = await program.GetAsync("labels");
        Task<ApiAnswer> CreateAsync() => program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" }, (Key, "refund"));
        (await CreateAsync()).IsProblem(HttpStatusCode.Conflict, "conflict");
        (await program.DeleteAsync("labels/" + label.Items[0].GetProperty("id").GetGuid())).Is(HttpStatusCode.NoContent);
        Assert.Null((await CreateAsync()).Is(HttpStatusCode.Created).Header("Idempotency-Replayed"));
        Assert.Equal("true", (await CreateAsync()).Is(HttpStatusCode.Created).Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_program_that_asks_again_after_a_crash_sends_nothing_twice()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        var path = $"conversations/{await ConversationAsync()}/messages";
        Task<ApiAnswer> SendAsync() => program.PostAsync(path, new { text = "Once" }, (Key, "k"));
        var sent = (await SendAsync()).Is(HttpStatusCode.Created);
        // The node died after the message was written and before its answer was kept.
        await Inbox.Database.ExecuteAsync("update idempotent_requests set status = null, response = null");
        (await SendAsync()).IsProblem(HttpStatusCode.Conflict, "request_running");
        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(sent.Id, (await SendAsync()).Is(HttpStatusCode.Created).Id);
        Assert.Equal(1, await Meta.CountAsync("messages", "direction = 'outbound'"));
    }

    [Fact]
    public async Task Answers_are_kept_for_a_day()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        Task<ApiAnswer> CreateAsync() => program.PostAsync("labels", new { name = "Refund", color = "#aabbcc" }, (Key, "refund"));
        (await CreateAsync()).Is(HttpStatusCode.Created);
        Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal("true", (await CreateAsync()).Is(HttpStatusCode.Created).Header("Idempotency-Replayed"));
        Clock.Advance(TimeSpan.FromHours(2));
        await Eventually.TrueAsync(async () => await Meta.CountAsync("idempotent_requests") == 0);
        (await CreateAsync()).IsProblem(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task Messages_are_walked_from_the_newest_on_without_the_notes()
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        await using var agent = Desk.Of(Inbox, Business);
        var conversation = await ConversationAsync();
        await agent.Get<Notes>().AddAsync(conversation, "not a message", Guid.NewGuid(), Cancellation);
        for (var i = 1; i <= 4; i++)
        {
            await SendAsync(conversation, "text " + i);
        }

        var walked = await program.WalkAsync($"conversations/{conversation}/messages?limit=2", () => SendAsync(conversation, "late"));
        Assert.Equal(["text 4", "text 3", "text 2", "text 1", "hello"], walked.Select(m => m.GetProperty("body").GetString()));
    }

    [Theory]
    [InlineData("""{ "text": "  " }""", HttpStatusCode.UnprocessableEntity, "invalid")]
    [InlineData("""{ }""", HttpStatusCode.UnprocessableEntity, "invalid")]
    [InlineData("""{ "text": null }""", HttpStatusCode.BadRequest, "bad_request")]
    public async Task An_empty_text_is_refused_by_its_field(string body, HttpStatusCode status, string code)
    {
        using var program = await ApiProgram.OfAsync(Inbox, Business);
        (await program.PostAsync($"conversations/{await ConversationAsync()}/messages", body)).IsProblem(status, code).OfField("text");
        Assert.Equal(0, await Meta.CountAsync("messages", "direction = 'outbound'"));
    }
}
