using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Local.Commands;
using Samia.Tests.Support;

namespace Samia.Tests.Legacy;

/// <summary>An old database full of awkward rows becomes a part of a business.</summary>
public sealed class LegacyImportTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>, IAsyncLifetime
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
    public async Task Every_row_that_is_not_taken_is_in_the_report_with_its_reason()
    {
        Assert.Equal(ImportLegacyCommand.SomeRefused, await _move.RunAsync());
        Assert.Equal(OldShape.Refused.Order(), _move.Report().Order());
        Assert.Contains($"{_move.ReportFile}", _move.Said);
        Assert.Equal(OldShape.Refused.Length, await Database.ScalarAsync<decimal>(
            "select sum(refused) from legacy_imports where business_id = $1 and finished_at is not null", _move.Business.Id));
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["customers"] = 6, ["services"] = 3, ["conversations"] = 6, ["messages"] = 13, ["bookings"] = 3, ["analytics_events"] = 2,
                ["webhook_logs"] = 1, ["admin_notifications"] = 2,
            },
            await _agent.ReadAsync(db => db.LegacyImports.ToDictionaryAsync(i => i.Table, i => i.Taken, Stop)));
    }

    [Fact]
    public async Task Rows_of_one_number_become_one_customer_with_one_conversation_in_its_order()
    {
        await _move.RunAsync();
        var rows = await _agent.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 10, Stop);
        var maya = Assert.Single(rows, r => r.CustomerName.StartsWith("Maya", StringComparison.Ordinal));
        Assert.Equal(("Maya 🌙 Haddad", "sixth and last", 2, ConversationStatus.Open), (maya.CustomerName, maya.Preview, maya.UnreadCount, maya.Status));
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 8, 1, 0, TimeSpan.Zero), maya.LastActivityAt);
        // The fourth of the older conversation waits too: nobody has answered it.
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 10, 0, 0, TimeSpan.Zero), maya.WaitingSince);
        Assert.Equal(MessageDirection.Inbound, maya.Direction);

        var thread = (await _agent.Get<ConversationThread>().BeforeAsync(maya.Id, null, 50, Stop)).Cast<ThreadMessage>().ToList();
        Assert.Equal(["first", "second", "third", "fourth 😀", "fifth", "sixth\nand last"], thread.Select(m => m.Body));
        Assert.Equal([MessageAuthor.Customer, MessageAuthor.Assistant, MessageAuthor.Employee], thread.Take(3).Select(m => m.Author));
        Assert.Equal(_move.Business.EmployeeIds["Agent"], thread[2].EmployeeId);
        Assert.Equal([MessageStatus.Received, MessageStatus.Read, MessageStatus.Delivered], thread.Take(3).Select(m => m.Status));
        var customer = await _agent.ReadAsync(db => Task.FromResult(db.Customers.Single(c => c.WaId == "96170100001")));
        Assert.Equal(("ar", "maya@example.test", 2023), (customer.Language, customer.Email, customer.CreatedAt.Year));
        Assert.Equal(maya.Id, await Database.ScalarAsync<Guid>("select into_conversation_id from merged_conversations where business_id = $1", _move.Business.Id));
    }

    [Fact]
    public async Task What_is_missing_or_odd_is_made_good()
    {
        await _move.RunAsync();
        var rows = await _agent.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 10, Stop);
        var nameless = Assert.Single(rows, r => r.CustomerName == "+96170100003");
        var thread = (await _agent.Get<ConversationThread>().BeforeAsync(nameless.Id, null, 50, Stop)).Cast<ThreadMessage>().ToList();
        // Without a time of its own a message was said when the one before it was.
        Assert.Equal(["without a time", "nothing", "from the future", ""], thread.Select(m => m.Body));
        Assert.All(thread.Take(3), m => Assert.Equal(new DateTimeOffset(2024, 4, 1, 10, 0, 0, TimeSpan.Zero), m.SentAt));
        Assert.Equal((MessageKind.Unsupported, 123), (thread[3].Kind, thread[3].SentAt.Millisecond));

        var pending = Assert.Single(await _agent.Get<ConversationList>()
            .PageAsync(new(ConversationTab.All, ConversationStatus.Pending), null, 10, Stop));
        Assert.Equal((119, 2, "never sent", MessageStatus.Failed, (DateTimeOffset?)null),
            (pending.CustomerName.Length, pending.UnreadCount, pending.Preview, pending.MessageStatus, pending.WaitingSince));
        var sent = (await _agent.Get<ConversationThread>().BeforeAsync(pending.Id, null, 50, Stop)).Cast<ThreadMessage>().ToList();
        Assert.Contains("https://old.test/1.jpg", sent[1].Payload);
        Assert.Contains("Send it again", sent[2].ErrorText);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 7, 0, 0, TimeSpan.Zero), sent[0].SentAt);
        Assert.Equal("""{"email": "no e-mail", "language": "Arabic"}""", await Database.ScalarAsync<string>(
            "select (attributes - 'full_name')::text from customers where business_id = $1 and wa_id = '96170100006'", _move.Business.Id));
    }

    [Fact]
    public async Task Bookings_find_their_employees_by_name_and_none_takes_anothers_time()
    {
        await _move.RunAsync();
        var bookings = await _agent.ReadAsync(db => db.Bookings.AsNoTracking().ToListAsync(Stop));
        Assert.Equal([BookingState.Confirmed, BookingState.Completed, BookingState.NoShow], bookings.Select(b => b.State).Order());
        var reading = bookings.Single(b => b.State == BookingState.Confirmed);
        Assert.Equal((_move.Business.EmployeeIds["Agent"], _move.Business.EmployeeIds["Admin"]), (reading.EmployeeId, reading.HandledById));
        Assert.Equal((35m, "USD", "by the window", TimeSpan.FromMinutes(15)),
            (reading.Price, reading.Currency, reading.Note, reading.FreeAgainAt - reading.EndsAt));
        Assert.NotNull(reading.ConversationId);
        var other = bookings.Single(b => b.State == BookingState.Completed);
        Assert.Equal((10.5m, "LBP", "Somebody Else", TimeSpan.FromMinutes(15)), (other.Price, other.Currency, other.Note, other.EndsAt - other.StartsAt));
        Assert.Equal(40m, await Database.ScalarAsync<decimal>("select price from services where business_id = $1 and name = 'Reading'", _move.Business.Id));
    }

    [Fact]
    public async Task What_is_counted_and_recorded_comes_along_and_wakes_nothing()
    {
        await _move.RunAsync();
        Assert.Equal("""{"first": true, "seconds": 90}""", await Database.ScalarAsync<string>(
            "select details::text from analytics_events where business_id = $1 and amount = 12.5", _move.Business.Id));
        Assert.Equal("partitions.analytics_events_2024_01", await Database.ScalarAsync<string>(
            "select tableoid::regclass::text from analytics_events where business_id = $1 and amount = 12.5", _move.Business.Id));
        Assert.Equal("""done: {"object": "whatsapp_business_account", "entry": []} it failed then""", await Database.ScalarAsync<string>(
            "select status || ': ' || convert_from(body, 'UTF8') || ' ' || last_error from webhook_logs where business_id = $1", _move.Business.Id));
        Assert.Equal("critical Nearly full 🚨", await Database.ScalarAsync<string>(
            "select severity || ' ' || (details ->> 'title') from admin_notifications where business_id = $1 and acknowledged_at is not null", _move.Business.Id));
        Assert.Equal(0, await _move.CountAsync("outbox") + await _move.CountAsync("usage_counters"));
    }

    [Fact]
    public async Task The_business_log_says_so_once_and_stays_whole()
    {
        await _move.RunAsync();
        await _move.RunAsync();
        Assert.Equal(6, await Database.ScalarAsync<int>("""
            select (details -> 'taken' ->> 'conversations')::int from activity_logs where business_id = $1 and action = 'business.legacy_imported'
            """, _move.Business.Id));
        Assert.Equal(1, await _move.CountAsync("activity_logs"));
        var slug = await Database.ScalarAsync<string>("select slug from businesses where id = $1", _move.Business.Id);
        Assert.Equal(0, await VerifyAuditCommand.RunAsync(_move.Installation, slug, TextWriter.Null, Stop));
    }
}
