using System.Diagnostics;
using Samia.Inbox.Conversations;
using Samia.Local.Commands;
using Samia.Local.Up;
using Samia.Tests.Support;

namespace Samia.Tests.Legacy;

/// <summary>A hundred thousand messages, and a program that is killed among them.</summary>
public sealed class LegacyScaleTests(RunningInbox running, TestServers servers) : IClassFixture<RunningInbox>
{
    private const int Conversations = 10_000;
    private const int Messages = 100_000;
    private const int Broken = 20;

    // Made by the database itself. Every five hundredth conversation is broken, and comes on top.
    private const string Rows = """
        insert into customers (id, phone, name, created_at)
            select i, '+96170' || lpad(i::text, 6, '0'), 'Customer ' || i, '2023-12-01' from generate_series(1, 10020) i;
        insert into conversations (id, customer_id, status, mode, unread_count, created_at, messages)
            select i, i, case when i % 4 = 0 then 'closed' else 'open' end, 'human', i % 3, '2023-12-01', case when i % 501 = 0 then '[{"half": ' else
                (select json_agg(json_build_object('id', 'wamid.' || i || '.' || n, 'sender', case when n % 2 = 0 then 'customer' else 'bot' end,
                    'text', 'message ' || n || ' of ' || i, 'sent_at', timestamp '2024-01-01' + make_interval(mins => i, secs => n / 4)) order by n)::text
                from generate_series(1, 10) n) end
            from generate_series(1, 10020) i;
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TestDatabase Database => running.Inbox.Database;

    [Fact]
    public async Task Killed_in_the_middle_and_run_again_it_has_lost_nothing_and_repeated_nothing()
    {
        await using var move = await LegacyMove.BeginAsync(servers, running.Inbox, Rows);
        var bystander = await TestBusiness.CreateAsync(running.Inbox);
        var bystanders = await move.ContentAsync(bystander.Id);

        await KillAsync(move);
        var atDeath = await move.CountAsync("messages");
        Assert.InRange(atDeath, 1, Messages - 1);
        // What was written and how far it is are one transaction.
        Assert.Equal(atDeath, await TakenAsync(move));

        Assert.Equal(ImportLegacyCommand.SomeRefused, await move.RunAsync());
        Assert.Contains("Went on", move.Said);
        Assert.Equal((Conversations, Messages, Messages),
            (await move.CountAsync("conversations"), await move.CountAsync("messages"), await TakenAsync(move)));
        Assert.Equal(Enumerable.Range(1, Broken).Select(i => ("conversations", $"{i * 501}", "its messages are no JSON")), move.Report());
        await ShowsAsync(move);

        var content = await move.ContentAsync(move.Business.Id);
        Assert.Equal(ImportLegacyCommand.SomeRefused, await move.RunAsync());
        Assert.Equal(content, await move.ContentAsync(move.Business.Id));
        Assert.Equal(Broken, move.Report().Length);
        Assert.Equal(bystanders, await move.ContentAsync(bystander.Id));
    }

    private async Task ShowsAsync(LegacyMove move)
    {
        await using var agent = Desk.Of(running.Inbox, move.Business);
        var rows = await agent.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 50, Stop);
        var expected = Enumerable.Range(1, 10_020).Reverse().Where(i => i % 4 != 0 && i % 501 != 0).Take(50).ToList();
        Assert.Equal(expected.Select(i => ($"Customer {i}", $"message 10 of {i}", i % 3)),
            rows.Select(r => (r.CustomerName, r.Preview, r.UnreadCount)));
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 2, TimeSpan.Zero).AddMinutes(expected[0]), rows[0].LastActivityAt);
        Assert.Equal(rows[0].LastActivityAt, rows[0].WaitingSince);
        var thread = await agent.Get<ConversationThread>().BeforeAsync(rows[0].Id, null, 50, Stop);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"message {n} of {expected[0]}"), thread.Select(m => m.Body));
        // Of every thread the order by id is the order in which it was written.
        Assert.Equal(0, await Database.ScalarAsync<long>("""
            select count(*) from (select id, lag(id) over (partition by conversation_id order by (split_part(wamid, '.', 3))::int) as before
                from messages where business_id = $1) m where before >= id
            """, move.Business.Id));
    }

    private async Task KillAsync(LegacyMove move)
    {
        var slug = await Database.ScalarAsync<string>("select slug from businesses where id = $1", move.Business.Id);
        var start = new ProcessStartInfo(InboxAssembly.DotnetHost,
            [Path.Combine(AppContext.BaseDirectory, "Samia.Local.dll"), "import-legacy", "--business", slug, "--report", move.ReportFile])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in move.Settings.Append(new("ConnectionStrings:Legacy", move.Old)))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var import = Process.Start(start)!;
        var (output, error) = (import.StandardOutput.ReadToEndAsync(Stop), import.StandardError.ReadToEndAsync(Stop));
        try
        {
            await Eventually.TrueAsync(async () => import.HasExited || await TakenAsync(move) > Messages / 4, seconds: 60);
        }
        finally
        {
            import.Kill();
        }

        await import.WaitForExitAsync(Stop);
        Assert.DoesNotContain(LegacyMove.Password, await output + await error);
        Assert.Equal(137, import.ExitCode);
        // The server may still be at the last statement of somebody who is gone.
        await Eventually.TrueAsync(async () => await Database.ScalarAsync<long>(
            "select count(*) from pg_locks where locktype = 'advisory' and pid in (select pid from pg_stat_activity where usename = 'samia_owner' and datname = current_database())") == 0);
    }

    private Task<long> TakenAsync(LegacyMove move) => Database.ScalarAsync<long>(
        "select coalesce(sum(taken), 0)::bigint from legacy_imports where business_id = $1 and source_table = 'messages'", move.Business.Id);
}
