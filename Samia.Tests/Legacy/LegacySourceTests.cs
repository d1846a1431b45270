using Npgsql;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Local.Legacy;
using Samia.Tests.Support;

namespace Samia.Tests.Legacy;

/// <summary>An old database that cannot be read, or is of another shape, is named before anything is written.</summary>
public sealed class LegacySourceTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once()
    {
        await using var move = await LegacyMove.BeginAsync(servers, running.Inbox, """
            drop table bookings;
            alter table conversations drop column messages;
            alter table conversations drop column customer_id;
            alter table services rename id to service_id;
            alter table webhook_logs drop constraint webhook_logs_pkey;
            insert into webhook_logs (id) values ('same'), ('same');
            alter table analytics_events add business_id uuid;
            """);
        var refused = await Assert.ThrowsAsync<LocalSetupException>(() => move.RunAsync());
        Assert.Contains("services has no id; conversations has no customer_id, messages; it has no table bookings; analytics_events has a business_id",
            refused.Message);
        Assert.Contains("the id of webhook_logs is missing in some rows or not unique. See docs/LEGACY.md", refused.Message);
        Assert.Equal(0, await move.CountAsync("legacy_imports"));
        Assert.False(File.Exists(move.ReportFile));
        var elsewhere = await Assert.ThrowsAsync<LocalSetupException>(() => move.RunAsync(from: move.Old + ";Search Path=nowhere"));
        Assert.Contains("it has no table customers; it has no table services", elsewhere.Message);
    }

    [Fact]
    public async Task Columns_that_may_be_missing_may_be_missing_and_views_do_as_well()
    {
        await using var move = await LegacyMove.BeginAsync(servers, running.Inbox, """
            alter table conversations drop column status, drop column mode, drop column unread_count, drop column created_at;
            alter table customers rename to people;
            create view customers as select id, phone, name from people;
            insert into people (id, phone, name) values (1, '+96170100001', 'Maya');
            insert into conversations (customer_id, messages) values (1, '[{"sender": "customer", "text": "hello", "sent_at": 1704189600}]');
            """);
        Assert.Equal(0, await move.RunAsync());
        Assert.Equal(1, await move.CountAsync("messages"));
        Assert.Contains("No row was refused.", move.Said);
    }

    [Theory]
    [InlineData("postgres://user:canary-of-the-old-database@127.0.0.1/old?sslmode=require")]
    [InlineData("Host=127.0.0.1;Pasword=canary-of-the-old-database")]
    [InlineData("Host=127.0.0.1;Port=canary-of-the-old-database")]
    [InlineData("canary-of-the-old-database")]
    [InlineData("Host=127.0.0.1;Port=1;Username=user;Password=canary-of-the-old-database")]
    public async Task A_connection_that_does_not_work_is_refused_without_repeating_it(string from)
    {
        var refused = await Assert.ThrowsAsync<LocalSetupException>(() => LegacySource.OpenAsync(from, Stop));
        Assert.DoesNotContain("canary", refused.ToString());
    }

    [Fact]
    public async Task A_wrong_password_is_not_repeated_and_a_right_one_is_told_nowhere()
    {
        await using var move = await LegacyMove.BeginAsync(servers, running.Inbox, OldShape.AwkwardRows);
        var wrong = new NpgsqlConnectionStringBuilder(move.Old) { Password = "wrong-canary" }.ConnectionString;
        var refused = await Assert.ThrowsAsync<LocalSetupException>(() => move.RunAsync(from: wrong));
        Assert.Contains("password authentication failed", refused.Message);
        Assert.DoesNotContain("canary", refused.ToString());
        await move.RunAsync();
        Assert.DoesNotContain("canary", move.Said + await File.ReadAllTextAsync(move.ReportFile, Stop));
        Assert.False(await running.Inbox.Database.ScalarAsync<bool>(
            "select exists (select from legacy_imports t where t::text ~ 'canary') or exists (select from activity_logs t where t::text ~ 'canary')"));
    }

    [Fact]
    public async Task The_command_asks_for_what_it_needs()
    {
        Assert.Contains("--from", (await Assert.ThrowsAsync<UsageException>(() => ImportLegacyCommand.RunAsync([], Stop))).Message);
        Assert.Contains("--business", (await Assert.ThrowsAsync<UsageException>(() => ImportLegacyCommand.RunAsync(["--from", "x"], Stop))).Message);
        Assert.Equal(2, await LocalProgram.RunAsync(["import-legacy"]));
    }
}
