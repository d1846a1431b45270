using Samia.Data;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Answers that never came, nodes that died, and nodes that share the work: nothing is lost and nothing sent twice.</summary>
public sealed class LostAnswerTests(TestServers servers) : OutboundTests(servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_status_stands_in_for_a_lost_answer_and_nothing_is_sent_again(bool breaks)
    {
        var conversation = await ConversationAsync();
        Api.Answer = (_, http) => breaks ? CloudApiServer.BreakAsync(http) : Api.NeverAsync(http);
        var id = await SendAsync(conversation, "hi");
        Assert.InRange(await WaitsAsync(id), Patience - TimeSpan.FromSeconds(1), Patience);
        Assert.Equal(MessageStatus.Queued, (await MessageAsync(id)).Status);

        var wamid = Bodies.NewWamid();
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Status(wamid, "delivered", ours: id)));
        Assert.Equal((wamid, MessageStatus.Delivered), ((await MessageAsync(id)).Wamid, (await MessageAsync(id)).Status));
        Assert.Equal(0, await Meta.CountAsync("outbox"));
        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        Clock.Advance(Patience * 2);
        await BecomesAsync(await SendAsync(conversation, "next"), MessageStatus.Sent);
        Assert.Equal(["hi", "next"], Api.Texts);
    }

    [Fact]
    public async Task Without_a_status_it_is_sent_again_once_the_wait_is_over_and_later_messages_wait_for_it()
    {
        var conversation = await ConversationAsync();
        Api.Answer = (_, http) => CloudApiServer.BreakAsync(http);
        var id = await SendAsync(conversation, "hi");
        await WaitsAsync(id);
        Api.Answer = (call, http) => CloudApiServer.AcceptAsync(call, http);
        var next = await SendAsync(conversation, "next");
        Clock.Advance(Patience - TimeSpan.FromSeconds(5));
        await BecomesAsync(await SendAsync(await ConversationAsync(), "elsewhere"), MessageStatus.Sent);
        Assert.DoesNotContain("next", Api.Texts);

        Clock.Advance(TimeSpan.FromSeconds(10));
        await BecomesAsync(next, MessageStatus.Sent);
        Assert.Equal(["hi", "elsewhere", "hi", "next"], Api.Texts);
        Assert.Equal(MessageStatus.Sent, (await MessageAsync(id)).Status);
    }

    [Fact]
    public async Task What_is_never_answered_is_given_up_after_few_tries_and_says_that_it_may_have_arrived()
    {
        Api.Answer = (_, http) => CloudApiServer.BreakAsync(http);
        var id = await SendAsync(await ConversationAsync(), "hi");
        await AdvanceUntilAsync(TimeSpan.FromMinutes(1), async () => (await MessageAsync(id)).Status == MessageStatus.Failed, "failed");
        Assert.Equal(3, Api.Calls.Count);
        Assert.Contains("may have arrived", (await MessageAsync(id)).ErrorText, StringComparison.Ordinal);

        // It had arrived: the status that comes late puts it right.
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Status(Bodies.NewWamid(), "read", ours: id)));
        Assert.Equal((MessageStatus.Read, (string?)null), ((await MessageAsync(id)).Status, (await MessageAsync(id)).ErrorText));
    }

    [Fact]
    public async Task A_status_may_be_quicker_than_the_answer()
    {
        var wamid = Bodies.NewWamid();
        Api.Answer = async (call, http) =>
        {
            await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Status(wamid, "delivered", ours: call.OurId)));
            await CloudApiServer.AcceptAsync(call, http, wamid);
        };
        var id = await SendAsync(await ConversationAsync(), "hi");
        await BecomesAsync(id, MessageStatus.Delivered);
        await Eventually.TrueAsync(async () => await Meta.CountAsync("outbox") == 0);
        Assert.Equal((wamid, MessageStatus.Delivered), ((await MessageAsync(id)).Wamid, (await MessageAsync(id)).Status));
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task An_entry_claimed_by_a_node_that_died_before_the_call_is_sent_by_another_when_the_claim_ends()
    {
        var conversation = await ConversationAsync();
        await Inbox.StopAsync();
        var id = await SendAsync(conversation, "hi");
        await DiedAsync(id, calling: false);
        await using var other = await StartNodeAsync();
        await BecomesAsync(await SendAsync(await ElsewhereAsync(other), "elsewhere", node: other), MessageStatus.Sent);
        Assert.DoesNotContain("hi", Api.Texts);

        Clock.Advance(TimeSpan.FromMinutes(2));
        await BecomesAsync(id, MessageStatus.Sent);
        Assert.Equal(["elsewhere", "hi"], Api.Texts);
    }

    [Fact]
    public async Task A_node_that_died_in_the_call_leaves_a_lost_answer()
    {
        var conversation = await ConversationAsync();
        await Inbox.StopAsync();
        var id = await SendAsync(conversation, "hi");
        await DiedAsync(id, calling: true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Inbox.Database.ExecuteAsync("update outbox set claimed_until = $1", Clock.GetUtcNow().AddSeconds(-1));
        await using var other = await StartNodeAsync();
        Assert.InRange(await WaitsAsync(id), TimeSpan.FromSeconds(55), TimeSpan.FromSeconds(60));
        Assert.Empty(Api.Calls);

        Clock.Advance(TimeSpan.FromSeconds(61));
        await BecomesAsync(id, MessageStatus.Sent);
        Assert.Single(Api.Calls);
    }

    [Fact]
    public async Task A_node_that_is_stopped_finishes_the_calls_it_has_begun()
    {
        var answering = new TaskCompletionSource();
        Api.Answer = async (call, http) =>
        {
            await answering.Task;
            await CloudApiServer.AcceptAsync(call, http);
        };
        var id = await SendAsync(await ConversationAsync(), "hi");
        await Eventually.TrueAsync(() => Api.Calls.Count == 1);
        var stopping = Inbox.StopAsync();
        answering.SetResult();
        await stopping;
        Assert.Equal(MessageStatus.Sent, (await MessageAsync(id)).Status);
    }

    [Fact]
    public async Task Two_nodes_share_the_queue_and_send_each_message_once_and_in_order()
    {
        await using var second = await StartNodeAsync();
        var conversations = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            conversations.Add(await ConversationAsync());
        }

        // Queued while nobody sends, so that both nodes find all of it at once.
        await Inbox.Database.ExecuteAsync("update businesses set sending_paused_at = now()");
        var ids = new List<Guid>();
        for (var i = 0; i < 60; i++)
        {
            ids.Add(await SendAsync(conversations[i % 6], $"{i % 6}:{i / 6}", node: i % 2 == 0 ? Inbox : second));
        }

        await Inbox.Database.ExecuteAsync("update businesses set sending_paused_at = null");
        await Eventually.TrueAsync(async () => await Meta.CountAsync("outbox") == 0);
        Assert.Equal(60, Api.Calls.Select(c => c.OurId).Distinct().Count());
        Assert.Equal(60, Api.Calls.Count);
        foreach (var conversation in Api.Texts.GroupBy(t => t!.Split(':')[0]))
        {
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{conversation.Key}:{i}"), conversation);
        }

        Assert.Equal(60, await Meta.CountAsync("messages", "status = 'sent'"));
    }

    [Fact]
    public async Task An_answer_is_written_though_the_database_drops_the_connections_just_then()
    {
        Api.Answer = async (call, http) =>
        {
            await Inbox.Database.ExecuteAsync(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and usename like 'samia%'");
            await CloudApiServer.AcceptAsync(call, http);
        };
        var conversation = await ConversationAsync();
        var id = await SendAsync(conversation, "hi");
        await Eventually.TrueAsync(async () => await Inbox.Database.ScalarAsync<string>(
            "select status from messages where id = $1", id) == "sent");
        Assert.Single(Api.Calls);
        Assert.Equal(0L, await Inbox.Database.ScalarAsync<long>("select count(*) from outbox"));
    }

    [Fact]
    public async Task A_database_that_goes_away_for_a_moment_loses_and_repeats_nothing()
    {
        var conversation = await ConversationAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await SendAsync(conversation, $"{i}"));
            await Inbox.Database.ExecuteAsync("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and usename = 'samia_platform'
                """);
        }

        await AdvanceUntilAsync(TimeSpan.FromSeconds(10), async () => await Meta.CountAsync("outbox") == 0, "all is sent");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), Api.Texts.Distinct());
        Assert.Equal(10, await Meta.CountAsync("messages", "status = 'sent'"));
    }

    private async Task<Guid> ElsewhereAsync(TestInbox node)
    {
        var meta = new Meta(node, Business);
        await meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(Bodies.NewNumber(), "hello")));
        return (await meta.ConversationsAsync())[^1].Id;
    }

    private Task DiedAsync(Guid messageId, bool calling) => Inbox.Database.ExecuteAsync(
        $"update outbox set claimed_until = $2, attempts = {(calling ? 1 : 0)}, call_started_at = {(calling ? "$3" : "null")} where message_id = $1 and $3 is not null",
        messageId, Clock.GetUtcNow() + Patience, Clock.GetUtcNow());
}
