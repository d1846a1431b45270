using Npgsql;
using Samia.Inbox.Conversations;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Local.Legacy;
using Samia.Tests.Support;

namespace Samia.Tests.Legacy;

/// <summary>An import is run again, tried, interrupted, and run beside a business at work.</summary>
public sealed class LegacyRepeatTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private LegacyMove _move = null!;
    private Desk _agent = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TestDatabase Database => running.Inbox.Database;

    public async ValueTask InitializeAsync()
    {
        _move = await LegacyMove.BeginAsync(servers, running.Inbox, OldShape.AwkwardRows);
        _agent = Desk.Of(running.Inbox, _move.Business);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _move.DisposeAsync();
    }

    [Fact]
    public async Task Run_again_it_changes_nothing_and_tells_the_same()
    {
        await _move.RunAsync();
        var (content, report, said) = (await _move.ContentAsync(_move.Business.Id), _move.Report(), _move.Said);
        // By this number open screens see that there is something new.
        const string Sequence = "select live_sequence from businesses where id = $1";
        Assert.Equal(1, await Database.ScalarAsync<long>(Sequence, _move.Business.Id));
        Assert.Equal(ImportLegacyCommand.SomeRefused, await _move.RunAsync());
        Assert.Equal(content, await _move.ContentAsync(_move.Business.Id));
        Assert.Equal(1, await Database.ScalarAsync<long>(Sequence, _move.Business.Id));
        Assert.Equal(report, _move.Report());
        Assert.Contains(" 6 of them new", said);
        Assert.DoesNotContain(" 6 of them new", _move.Said);
    }

    [Fact]
    public async Task Run_again_it_takes_what_was_mended_and_what_is_new()
    {
        await _move.RunAsync();
        await _move.ChangeOldAsync("""
            update customers set phone = '+96170100004' where id = 4;
            update conversations set messages = '[{"sender": "customer", "text": "at last", "sent_at": "2024-08-01"}]' where id = 16;
            update conversations set messages = rtrim(messages, ']') || ',{"sender": "bot", "text": "seventh", "sent_at": "2024-08-02"}]' where id = 11;
            """);
        await _move.RunAsync();
        Assert.DoesNotContain(_move.Report(), r => r is ("customers", "4", _) or ("conversations", "16", _));
        var rows = await _agent.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 10, Stop);
        Assert.Equal(["seventh", "at last"], rows.Where(r => r.Kind is not null).Take(2).Select(r => r.Preview));
        var answered = rows.Single(r => r.Preview == "seventh");
        Assert.Equal((2, (DateTimeOffset?)null), (answered.UnreadCount, answered.WaitingSince));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_come_and_writes_nothing()
    {
        var before = await _move.ContentAsync(_move.Business.Id);
        Assert.Equal(ImportLegacyCommand.SomeRefused, await _move.RunAsync(isDryRun: true));
        Assert.Equal(before, await _move.ContentAsync(_move.Business.Id));
        Assert.Equal(0, await _move.CountAsync("legacy_imports"));
        Assert.Equal(OldShape.Refused.Order(), _move.Report().Order());
        var foretold = _move.Said.Split('\n')[1..];
        await _move.RunAsync();
        Assert.Equal(foretold, _move.Said.Split('\n')[1..]);
    }

    [Fact]
    public async Task Nothing_lands_in_another_business_and_two_take_the_same_source_each_for_itself()
    {
        await using var other = await LegacyMove.BeginAsync(servers, running.Inbox, "");
        var before = await _move.ContentAsync(other.Business.Id);
        await _move.RunAsync();
        Assert.Equal(before, await _move.ContentAsync(other.Business.Id));
        await other.RunAsync(from: _move.Old);
        Assert.Equal(await _move.CountAsync("messages"), await other.CountAsync("messages"));
    }

    [Fact]
    public async Task What_is_here_already_is_kept_and_joined()
    {
        var conversation = await _agent.ReceiveAsync("I am new here", "96170100001", "maya.h");
        await _agent.Get<ConversationStatuses>().ResolveAsync(conversation, Stop);
        await _move.RunAsync();
        var row = Assert.Single(await _agent.Get<ConversationList>().RowsAsync([conversation], Stop));
        // The old open one has something left to do; the last word is the one that was said here.
        Assert.Equal(("Maya 🌙 Haddad", "I am new here", 3, Samia.Data.ConversationStatus.Open),
            (row.CustomerName, row.Preview, row.UnreadCount, row.Status));
        var thread = await _agent.Get<ConversationThread>().BeforeAsync(conversation, null, 50, Stop);
        Assert.Equal(["first", "I am new here"], [thread[0].Body, thread[^1].Body]);
        // What is resolved afterwards stays so, however often the import is run.
        await _agent.Get<ConversationStatuses>().ResolveAsync(conversation, Stop);
        var content = await _move.ContentAsync(_move.Business.Id);
        await _move.RunAsync();
        Assert.Equal(content, await _move.ContentAsync(_move.Business.Id));
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("conversations")]
    [InlineData("webhook_logs")]
    public async Task Where_its_connection_breaks_it_goes_on_later(string table)
    {
        var broken = await Assert.ThrowsAsync<LocalSetupException>(() => _move.RunAsync(bar: (of, _) => new Breaking(this, of == table)));
        Assert.Contains("running it again goes on", broken.Message);
        await _move.RunAsync();
        Assert.Equal(OldShape.Refused.Order(), _move.Report().Order());
        var content = await _move.ContentAsync(_move.Business.Id);
        Assert.Equal(13, await _move.CountAsync("messages"));
        await _move.RunAsync();
        Assert.Equal(content, await _move.ContentAsync(_move.Business.Id));
    }

    [Fact]
    public async Task Two_at_once_into_one_business_are_one_too_many()
    {
        await using var first = await LegacyTarget.OpenAsync(Database.Owner, _move.Business.Id, isDryRun: false, Stop);
        var refused = await Assert.ThrowsAsync<LocalSetupException>(() => _move.RunAsync());
        Assert.Contains("Another import", refused.Message);
    }

    // The server ends the session that writes, as it does when it stops.
    private sealed class Breaking(LegacyRepeatTests test, bool isHere) : IProgress<int>
    {
        public void Report(int value)
        {
            if (isHere)
            {
                using var connection = new NpgsqlConnection(test.Database.Superuser);
                connection.Open();
                using var end = new NpgsqlCommand("""
                    select count(pg_terminate_backend(pid, 5000)) from pg_locks where locktype = 'advisory' and database =
                        (select oid from pg_database where datname = current_database()) and pid in (select pid from pg_stat_activity where usename = 'samia_owner')
                    """, connection);
                end.ExecuteScalar();
            }
        }
    }
}
