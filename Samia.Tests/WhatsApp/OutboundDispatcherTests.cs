using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>What goes well, and what goes wrong for one message.</summary>
public sealed class OutboundDispatcherTests(TestServers servers) : OutboundTests(servers)
{
    [Fact]
    public async Task A_reply_is_sent_with_our_id_and_carries_the_wamid_afterwards()
    {
        var id = await SendAsync(await ConversationAsync("96170123456"), "See https://example.test/menu");
        var message = await BecomesAsync(id, MessageStatus.Sent);
        var call = Assert.Single(Api.Calls);
        Assert.Equal($"/v24.0/{Business.PhoneNumberId}/messages", call.Path);
        Assert.Equal("Bearer " + Business.AccessToken, call.Authorization);
        Assert.Equal(id, call.OurId);
        Assert.Equal("96170123456", call.Body.GetProperty("to").GetString());
        Assert.Equal("individual", call.Body.GetProperty("recipient_type").GetString());
        Assert.StartsWith("wamid.", message.Wamid, StringComparison.Ordinal);
        Assert.Equal(0, await Meta.CountAsync("outbox"));
    }

    [Fact]
    public async Task A_customer_without_a_number_is_written_to_by_business_scoped_id()
    {
        var bsuid = Bodies.NewBsuid();
        await BecomesAsync(await SendAsync(await ConversationAsync(bsuid: bsuid), "hi"), MessageStatus.Sent);
        var body = Assert.Single(Api.Calls).Body;
        Assert.Equal(bsuid, body.GetProperty("recipient").GetString());
        Assert.False(body.TryGetProperty("to", out _));
    }

    [Fact]
    public async Task A_reply_leaves_at_once_and_not_with_the_next_look()
    {
        var conversation = await ConversationAsync();
        await Inbox.StopAsync();
        await using var node = await StartNodeAsync(("WhatsApp:Outbound:LookEvery", "00:10:00"));
        // The first look is over when this, which only it finds, is sent.
        await BecomesAsync(await SendAsync(conversation, "first", node: node), MessageStatus.Sent);
        await SendAsync(conversation, "hi", node: node);
        await Eventually.TrueAsync(() => Api.Calls.Count == 2, seconds: 5);
    }

    [Fact]
    public async Task Messages_of_one_conversation_arrive_in_order_one_at_a_time()
    {
        var conversation = await ConversationAsync();
        var underWay = 0;
        var most = 0;
        Api.Answer = async (call, http) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            await Task.Delay(5, http.RequestAborted);
            Interlocked.Decrement(ref underWay);
            await CloudApiServer.AcceptAsync(call, http);
        };
        var texts = Enumerable.Range(0, 25).Select(i => $"{i}").ToList();
        var ids = new List<Guid>();
        foreach (var text in texts)
        {
            ids.Add(await SendAsync(conversation, text));
        }

        await BecomesAsync(ids[^1], MessageStatus.Sent);
        Assert.Equal(texts, Api.Texts);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_slow_conversation_holds_up_no_other()
    {
        var (slow, fast) = (await ConversationAsync(), await ConversationAsync());
        Api.Answer = (call, http) => call.Text == "slow" ? Api.NeverAsync(http) : CloudApiServer.AcceptAsync(call, http);
        var stuck = await SendAsync(slow, "slow");
        await Eventually.TrueAsync(() => Api.Calls.Count == 1);
        await BecomesAsync(await SendAsync(fast, "fast"), MessageStatus.Sent);
        Assert.Equal(MessageStatus.Queued, (await MessageAsync(stuck)).Status);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(131000)]
    public async Task A_fault_of_WhatsApp_is_tried_again_with_growing_waits(int code)
    {
        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, code, 500);
        var id = await SendAsync(await ConversationAsync(), "hi");
        var first = await WaitsAsync(id);
        Assert.InRange(first.TotalSeconds, 1, 3);
        await AdvanceUntilAsync(first, async () => await Meta.CountAsync("outbox", "attempts = 2 and claimed_until is null") == 1, "a second try");
        Assert.InRange((await WaitsAsync(id)).TotalSeconds, 2, 6);

        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        await AdvanceUntilAsync(TimeSpan.FromSeconds(2), async () => (await MessageAsync(id)).Status == MessageStatus.Sent, "sent");
        Assert.Equal(3, Api.Calls.Count);
    }

    [Fact]
    public async Task A_message_is_given_up_after_bounded_tries_with_a_sentence_and_can_be_sent_again()
    {
        var conversation = await ConversationAsync();
        Api.Answer = (call, http) => call.Text == "hi" ? CloudApiServer.RefuseAsync(http, 131000, 500) : CloudApiServer.AcceptAsync(call, http);
        var (id, after) = (await SendAsync(conversation, "hi"), await SendAsync(conversation, "after"));
        await AdvanceUntilAsync(TimeSpan.FromMinutes(1), async () => (await MessageAsync(id)).Status == MessageStatus.Failed, "failed");
        Assert.Equal(10, Api.Texts.Count(t => t == "hi"));
        var failed = await MessageAsync(id);
        Assert.Equal(131000, failed.ErrorCode);
        Assert.Contains("Send it again", failed.ErrorText, StringComparison.Ordinal);
        await BecomesAsync(after, MessageStatus.Sent);

        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        var again = await SendAgainAsync(id);
        await BecomesAsync(again, MessageStatus.Sent);
        Assert.Equal("hi", Api.Texts[^1]);
    }

    [Theory]
    [InlineData(131047, "template")]
    [InlineData(131026, "cannot deliver")]
    [InlineData(131009, "details of Meta")]
    public async Task What_trying_again_would_not_help_fails_at_once_with_its_sentence(int code, string says)
    {
        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, code);
        var message = await BecomesAsync(await SendAsync(await ConversationAsync(), "hi"), MessageStatus.Failed);
        Assert.Equal(code, message.ErrorCode);
        Assert.Contains(says, message.ErrorText, StringComparison.Ordinal);
        Assert.Single(Api.Calls);
        Assert.Equal(0, await Meta.CountAsync("outbox"));
    }

    [Fact]
    public async Task A_file_that_WhatsApp_could_not_take_is_tried_once_more()
    {
        Api.Answer = (_, http) => CloudApiServer.RefuseAsync(http, 131053);
        var id = await SendAsync(await ConversationAsync(), "hi");
        await AdvanceUntilAsync(TimeSpan.FromSeconds(3), async () => (await MessageAsync(id)).Status == MessageStatus.Failed, "failed");
        Assert.Equal(2, Api.Calls.Count);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_has_nothing_lost_so_the_wait_is_short()
    {
        var conversation = await ConversationAsync();
        await Inbox.StopAsync();
        await using var node = await StartNodeAsync(("WhatsApp:BaseAddress", "http://127.0.0.1:1/"));
        var id = await SendAsync(conversation, "hi", node: node);
        Assert.InRange((await WaitsAsync(id)).TotalSeconds, 1, 3);
        Assert.Equal(1, await Meta.CountAsync("outbox", "call_started_at is null"));
    }

    [Fact]
    public async Task A_failed_status_says_why_in_our_words_where_we_know_the_code()
    {
        var id = await SendAsync(await ConversationAsync(), "hi");
        var wamid = (await BecomesAsync(id, MessageStatus.Sent)).Wamid!;
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Status(wamid, "failed", error: """[{"code":131026,"title":"Message undeliverable"}]""")));
        Assert.Contains("Reach them another way", (await MessageAsync(id)).ErrorText, StringComparison.Ordinal);
    }

    private async Task<Guid> SendAgainAsync(Guid failed)
    {
        await using var scope = Inbox.Services.CreateTenantScope(Business.Id, Business.EmployeeIds["Agent"]);
        return await scope.ServiceProvider.GetRequiredService<Sender>().SendAgainAsync(failed, Cancellation);
    }
}
