using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Failures are made where they really happen: a trigger in the database refuses what it is told to.</summary>
public sealed class WebhookProcessorTests(TestServers servers) : InboundTests(servers)
{
    private const string Rana = "96170111111";
    private const string Ziad = "96170222222";

    [Fact]
    public async Task A_failing_event_holds_back_its_sender_alone_and_is_tried_again_in_order()
    {
        await RefuseAsync("poison");
        await PostAsync(Rana, "before");
        await PostAsync(Rana, "poison");
        await PostAsync(Rana, "after");
        await PostAsync(Ziad, "meanwhile");
        await Eventually.TrueAsync(async () => await Meta.CountAsync("webhook_logs", "attempts > 0") > 0);
        await Eventually.TrueAsync(async () => await Meta.CountAsync("webhook_logs", "status = 'done'") == 2);
        Assert.Equal(["before", "meanwhile"], (await Meta.MessagesAsync()).Select(m => m.Body).Order());

        await AllowAsync();
        await Meta.SettledAsync();
        Assert.Equal(["before", "poison", "after"], (await Meta.MessagesAsync()).Select(m => m.Body).Except(["meanwhile"]));
    }

    [Fact]
    public async Task One_bad_event_of_a_batch_leaves_the_others_of_the_body_alone()
    {
        await RefuseAsync("poison");
        await Meta.PostAsync(Bodies.Of(Business, Bodies.Text(Rana, "one"), Bodies.Text(Rana, "poison"), Bodies.Text(Ziad, "two")));
        await Eventually.TrueAsync(async () => await Meta.CountAsync("messages") == 2);
        await AllowAsync();
        await Meta.SettledAsync();
        Assert.Equal(3, await Meta.CountAsync("messages"));
    }

    [Fact]
    public async Task What_fails_too_often_is_given_up_with_its_error_and_can_be_retried_by_an_admin()
    {
        await RefuseAsync("poison");
        await PostAsync(Rana, "poison");
        await PostAsync(Rana, "after");
        await Eventually.TrueAsync(async () =>
        {
            // Not to wait for minutes: what waits is due at once.
            await Inbox.Database.ExecuteAsync("update webhook_logs set next_attempt_at = null where status = 'pending'");
            return await Meta.CountAsync("webhook_logs", "status = 'dead'") == 1;
        });
        await Meta.SettledAsync();
        Assert.Equal(["after"], (await Meta.MessagesAsync()).Select(m => m.Body));

        await using (var viewer = Inbox.Services.CreateTenantScope(Business.Id, Business.EmployeeIds["Agent"]))
        {
            await Assert.ThrowsAsync<NotPermittedException>(
                () => viewer.ServiceProvider.GetRequiredService<DeadLetters>().RetryAllAsync(Cancellation));
        }

        await using var scope = Inbox.Services.CreateTenantScope(Business.Id, Business.EmployeeIds["Admin"]);
        var letters = scope.ServiceProvider.GetRequiredService<DeadLetters>();
        var dead = Assert.Single(await letters.ListAsync(Cancellation));
        Assert.Equal(WebhookPass.MaxAttempts, dead.Attempts);
        Assert.Contains("refused by the test", dead.Error, StringComparison.Ordinal);
        Assert.Contains("poison", dead.Body, StringComparison.Ordinal);

        await AllowAsync();
        Assert.Equal(1, await letters.RetryAllAsync(Cancellation));
        await Meta.SettledAsync();
        Assert.Equal(["after", "poison"], (await Meta.MessagesAsync()).Select(m => m.Body).Order());
        Assert.Empty(await letters.ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_message_that_says_nothing_of_its_sender_is_dead_at_once_and_the_rest_of_its_body_is_not()
    {
        await Meta.DeliverAsync(Bodies.Of(Business,
            Bodies.Message(null, "text", """{"text":{"body":"nobody"}}"""), Bodies.Text(Rana, "somebody")));
        Assert.Equal("somebody", Assert.Single(await Meta.MessagesAsync()).Body);
        Assert.Equal(1, await Meta.CountAsync("webhook_logs", "status = 'dead' and last_error like '%who wrote it%'"));
    }

    [Fact]
    public async Task Rows_left_by_a_node_that_died_are_taken_up_and_repeat_nothing()
    {
        await Meta.DeliverAsync(Bodies.Of(Business, Bodies.Text(Rana, "applied, but not yet marked")));
        await Inbox.Database.ExecuteAsync("update webhook_logs set status = 'pending', processed_at = null");
        await Meta.SettledAsync();
        Assert.Single(await Meta.MessagesAsync());
        Assert.Equal(1, Assert.Single(await Meta.ConversationsAsync()).UnreadCount);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_make_each_message_once()
    {
        await using var second = await TestInbox.StartAsync(Servers, Inbox.Database);
        var metas = (Meta[])[Meta, new Meta(second, Business)];
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(System.Net.HttpStatusCode.OK,
                await metas[i % 2].PostAsync(Bodies.Of(Business, Bodies.Text(i % 3 == 0 ? Rana : Ziad, $"{i}"))));
        }

        await Meta.SettledAsync();
        var messages = await Meta.MessagesAsync();
        Assert.Equal(60, messages.Count);
        Assert.Equal(2, (await Meta.ConversationsAsync()).Count);
    }

    [Fact]
    public async Task A_database_that_goes_away_for_a_moment_costs_no_attempt()
    {
        await PostAsync(Rana, "first");
        await Meta.SettledAsync();
        var posts = new List<Task>();
        for (var i = 0; i < 5; i++)
        {
            posts.Add(PostAsync(Rana, $"{i}"));
            await Inbox.Database.ExecuteAsync(
                "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and usename like 'samia%'");
        }

        // Those that were not answered with 200 are Meta's to deliver again.
        await Task.WhenAll(posts);
        await Meta.SettledAsync();
        Assert.Equal(0, await Meta.CountAsync("webhook_logs", "attempts > 0 or status = 'dead'"));
        Assert.Equal(await Meta.CountAsync("webhook_logs"), await Meta.CountAsync("messages"));
    }

    private Task<System.Net.HttpStatusCode> PostAsync(string from, string text) => Meta.PostAsync(Bodies.Of(Business, Bodies.Text(from, text)));

    private Task RefuseAsync(string text) => Inbox.Database.ExecuteAsync($"""
        create function refuse() returns trigger language plpgsql as
            $$ begin raise exception 'refused by the test'; end $$;
        create trigger refuse before insert on messages for each row when (new.body = '{text}') execute function refuse();
        """);

    private Task AllowAsync() => Inbox.Database.ExecuteAsync("drop trigger refuse on messages");
}
