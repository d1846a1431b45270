using Samia.Local.Demo;
using Samia.Local.Up;
using Samia.Tests.Support;

namespace Samia.Tests.Demo;

public sealed class DemoDataTests(TestServers servers)
{
    private TestDatabase _database = null!;

    [Fact]
    public async Task The_demo_is_two_businesses_that_have_been_at_work_for_two_weeks()
    {
        _database = await servers.CreateDatabaseAsync();
        await DemoData.CreateAsync(new InboxProcessOptions
        {
            AppConnection = _database.App, PlatformConnection = _database.Platform, RedisConnection = servers.Redis.ConnectionString,
            MasterKey = Convert.ToBase64String(new byte[32]), WhatsAppBaseAddress = new Uri("http://localhost:9"), Port = 9,
            LogFile = "/dev/null",
        }, TestContext.Current.CancellationToken);

        Assert.Equal(0, await CountAsync("webhook_logs", "status <> 'done'"));
        Assert.Equal(0, await CountAsync("held_events"));
        Assert.Equal(0, await CountAsync("outbox"));
        Assert.Equal(2, await CountAsync("mails"));
        foreach (var business in DemoBusinesses.All)
        {
            await HasAllAsync(business);
        }
    }

    private async Task HasAllAsync(DemoBusiness business)
    {
        var of = $"business_id = (select id from businesses where slug = '{business.Slug}')";
        Assert.Equal(4, await _database.ScalarAsync<long>($"select count(distinct role_id) from employees where {of}"));
        Assert.Equal(2, await CountAsync("teams", of));
        Assert.Equal(0, await CountAsync("employees", $"{of} and cardinality(languages) = 0"));
        Assert.True(await CountAsync("employees", $"{of} and capacity > 0") >= 2);
        Assert.Equal(1, await CountAsync("invitations", $"{of} and accepted_at is null and expires_at > now() + interval '5 days'"));
        Assert.InRange(await CountAsync("customers", of), 38, 45);
        Assert.Equal(await CountAsync("customers", of), await CountAsync("conversations", of));
        Assert.InRange(await CountAsync("customers", $"{of} and profile_name ~ '[ء-ي]'"), 6, 30);
        Assert.InRange(await CountAsync("customers", $"{of} and profile_name ~ '^[A-Za-z .-]+$'"), 15, 40);
        Assert.True(await CountAsync("customers", $"{of} and wa_id is null and username is not null") >= 1);

        foreach (var some in (string[])
                 [
                     "unread_count > 0", "unread_count = 0 and waiting_since is not null", "status = 'resolved'",
                     "status = 'open' and assignee_id is not null", "assignee_id is null", "last_message_preview ~ '[ء-ي]'",
                 ])
        {
            Assert.True(await CountAsync("conversations", $"{of} and {some}") >= 2, $"{business.Name}: {some}");
        }

        foreach (var some in (string[])
                 [
                     "kind = 'image'", "kind = 'voice'", "kind = 'location'", "kind = 'document'", "customer_reaction is not null",
                     "direction = 'inbound' and reply_to_wamid is not null", "status = 'failed' and error_text is not null and error_code is not null",
                     "status = 'delivered'", "status = 'read' and read_at > delivered_at",
                 ])
        {
            Assert.True(await CountAsync("messages", $"{of} and {some}") >= 1, $"{business.Name}: {some}");
        }

        Assert.Equal(0, await CountAsync("messages", $"{of} and (wamid is null or status = 'queued' or sent_at > now())"));
        Assert.Equal(0, await CountAsync("conversations", $"{of} and last_activity_at > now()"));
        Assert.True(await CountAsync("conversations", $"{of} and last_activity_at > now() - interval '3 hours'") >= 5);
        Assert.True(await CountAsync("conversations", $"{of} and last_activity_at < now() - interval '5 days'") >= 5);
        Assert.True(await CountAsync("internal_notes", of) >= 5);
        Assert.True(await _database.ScalarAsync<long>($"select count(distinct assignee_id) from conversations where {of}") >= 3);
        Assert.True(await _database.ScalarAsync<long>($"select count(distinct employee_id) from messages where {of}") >= 3);
        await EveryConversationEndsAsItsListSaysAsync(of);
        Assert.InRange(await _database.ScalarAsync<long>($"select sum(used)::bigint from usage_counters where {of} and metric = 'conversations'"),
            await CountAsync("conversations", of), 2 * await CountAsync("conversations", of));
    }

    // What the list shows is kept up by the services; a story that got out of order would break it.
    private async Task EveryConversationEndsAsItsListSaysAsync(string of)
    {
        Assert.Equal(0, await _database.ScalarAsync<long>($"""
            select count(*) from conversations c
            cross join lateral (
                select id, sent_at from messages m where m.business_id = c.business_id and m.conversation_id = c.id
                order by id desc limit 1) last
            where c.{of} and (c.last_message_id <> last.id or abs(extract(epoch from c.last_activity_at - last.sent_at)) > 200)
            """));
    }

    private Task<long> CountAsync(string table, string where = "true") =>
        _database.ScalarAsync<long>($"select count(*) from {table} where {where}");
}
