using System.Text.Json;
using Npgsql;

namespace Samia.Local.Legacy;

/// <summary>What an import came to.</summary>
/// <param name="Tallies">By table, over all runs of the import.</param>
/// <param name="Added">Rows that this run brought and that were not here before, by table.</param>
/// <param name="WentOn">Whether it went on where an earlier run was interrupted.</param>
internal sealed record LegacyOutcome(IReadOnlyList<LegacyTally> Tallies, IReadOnlyDictionary<string, long> Added, bool WentOn)
{
    public long Refused => Tallies.Sum(t => t.Refused);
}

/// <summary>
/// Takes an old database into one business. Some rows at a time go in one transaction together with the note of how far
/// it is, so an import that is interrupted anywhere goes on without loss or repetition; and every id is made from the
/// row's own key, so one that is run again finds its rows.
/// </summary>
internal sealed class LegacyImporter(LegacySource source, LegacyTarget target, string refusalFile, TimeProvider time)
{
    // Enough to be fast, few enough to be held.
    private const int MostRows = 500;
    private const int MostStaged = 5_000;
    private readonly Dictionary<string, long> _added = [];
    private readonly LegacyContext _context = new(source.Identity, time.GetUtcNow());

    /// <param name="bar">Makes a progress bar for a table and how many of its rows are ahead.</param>
    /// <param name="cancellationToken">Stops between two transactions.</param>
    /// <exception cref="NpgsqlException">A database is gone or refuses what no row of its own explains.</exception>
    public async Task<LegacyOutcome> RunAsync(Func<string, long, IProgress<int>> bar, CancellationToken cancellationToken)
    {
        var checkpoints = new LegacyCheckpoints(target, _context);
        var wentOn = await checkpoints.BeginAsync(cancellationToken);
        var told = target.IsDryRun ? 0 : (await checkpoints.TalliesAsync(cancellationToken)).Sum(t => t.Refused);
        await using var refusals = LegacyRefusalFile.Open(refusalFile, told);
        foreach (var table in LegacyTables.All)
        {
            var after = await checkpoints.LastKeyAsync(table.Name, cancellationToken);
            var progress = bar(table.Name, await source.CountAsync(table, after, cancellationToken));
            var (batch, staged, done) = (new List<LegacyTaking>(), 0, 0);
            await foreach (var row in source.ReadAsync(table, after, cancellationToken))
            {
                var taking = new LegacyTaking(table.Name, row.Key, done + batch.Count);
                table.Read(row, taking, _context);
                batch.Add(taking);
                staged += taking.Rows.Count;
                if (batch.Count >= MostRows || staged >= MostStaged)
                {
                    await TakeAsync(table, batch, checkpoints, refusals, cancellationToken);
                    progress.Report(done += batch.Count);
                    (batch, staged) = ([], 0);
                }
            }

            await TakeAsync(table, batch, checkpoints, refusals, cancellationToken);
            progress.Report(done + batch.Count);
        }

        return await FinishAsync(checkpoints, wentOn, cancellationToken);
    }

    private async Task TakeAsync(
        LegacyTable table, List<LegacyTaking> batch, LegacyCheckpoints checkpoints, LegacyRefusalFile refusals, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await target.InTransactionAsync(() => TakeAllAsync(table, batch, checkpoints, refusals, cancellationToken), cancellationToken);
        }
        catch (PostgresException deadlock) when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            // With a customer's message that arrived just then.
            await TakeAsync(table, batch, checkpoints, refusals, cancellationToken);
        }
        catch (PostgresException refused) when (IsOfTheData(refused) && batch.Count > 1)
        {
            // One of them is to blame: whichever half it is not in is taken.
            await TakeAsync(table, batch[..(batch.Count / 2)], checkpoints, refusals, cancellationToken);
            await TakeAsync(table, batch[(batch.Count / 2)..], checkpoints, refusals, cancellationToken);
        }
        catch (PostgresException refused) when (IsOfTheData(refused) && batch[0].Refusal is null)
        {
            // Not its message, which may repeat what the row says.
            batch[0].Refuse($"the database refuses it: {refused.ConstraintName ?? refused.SqlState}");
            await TakeAsync(table, batch, checkpoints, refusals, cancellationToken);
        }
    }

    private async Task TakeAllAsync(
        LegacyTable table, List<LegacyTaking> batch, LegacyCheckpoints checkpoints, LegacyRefusalFile refusals, CancellationToken cancellationToken)
    {
        await target.StageAsync(table, batch, cancellationToken);
        var added = new Dictionary<string, long>();
        foreach (var statement in table.Statements.Where(s => s.InDryRun || !target.IsDryRun))
        {
            var affected = await target.ExecuteAsync(statement.Sql, [], cancellationToken);
            if (statement.Adds is { } of)
            {
                added[of] = added.GetValueOrDefault(of) + affected;
            }
        }

        var left = table.Left is null ? [] : await target.ReadAsync(table.Left, [],
            r => new LegacyRefusal(r.GetString(0), r.GetString(1), r.GetString(2)), cancellationToken);
        var result = new LegacyBatchResult(table.Name, batch, left);
        await checkpoints.AdvanceAsync(table.Name, batch[^1].Key, result.Taken, batch.Count - result.Taken, cancellationToken);
        if (result.PartsRefused + result.PartsTaken > 0)
        {
            await checkpoints.AdvanceAsync(LegacyMessages.Name, batch[^1].Key, result.PartsTaken, result.PartsRefused, cancellationToken);
        }

        await refusals.AppendAsync(result.Refusals, cancellationToken);
        foreach (var (of, count) in added)
        {
            _added[of] = _added.GetValueOrDefault(of) + count;
        }
    }

    private async Task<LegacyOutcome> FinishAsync(LegacyCheckpoints checkpoints, bool wentOn, CancellationToken cancellationToken)
    {
        var outcome = new LegacyOutcome(await checkpoints.TalliesAsync(cancellationToken), _added, wentOn);
        await target.InTransactionAsync(async () =>
        {
            await checkpoints.FinishAsync(time.GetUtcNow(), cancellationToken);
            if (!target.IsDryRun && (wentOn || _added.Values.Sum() > 0))
            {
                await LogAsync(outcome, cancellationToken);
            }
        }, cancellationToken);
        if (!target.IsDryRun && _added.Values.Sum() > 0)
        {
            // The planner of the inbox's queries is not to learn only later how much there is now.
            await target.ExecuteAsync("analyze customers, conversations, messages, bookings, analytics_events, webhook_logs", [], cancellationToken);
        }

        return outcome;
    }

    private async Task LogAsync(LegacyOutcome outcome, CancellationToken cancellationToken) => await target.ExecuteAsync("""
        insert into activity_logs (business_id, id, at, actor_kind, action, subject_id, details)
        values (app.current_business_id(), $1, $2, 'product', 'business.legacy_imported', app.current_business_id(), $3::jsonb)
        """,
        [
            Guid.CreateVersion7(time.GetUtcNow()), time.GetUtcNow(),
            JsonSerializer.Serialize(new { taken = outcome.Tallies.ToDictionary(t => t.Table, t => t.Taken), refused = outcome.Refused }),
        ], cancellationToken);

    // Class 22 is wrong data, 23 a constraint.
    private static bool IsOfTheData(PostgresException refused) => refused.SqlState[..2] is "22" or "23";
}
