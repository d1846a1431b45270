namespace Samia.Local.Legacy;

/// <summary>How far one source has come, table by table: rows of <c>legacy_imports</c>, written in the transaction that takes the rows.</summary>
internal sealed class LegacyCheckpoints(LegacyTarget target, LegacyContext context)
{
    /// <summary>Goes on where an interrupted import stopped; after one that came to its end, from the beginning.</summary>
    /// <returns>Whether it goes on.</returns>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        await target.ExecuteAsync("""
            update legacy_imports set last_key = '', taken = 0, refused = 0, finished_at = null where source = $1 and finished_at is not null
            """, [context.Source], cancellationToken);
        return await target.ScalarAsync<bool>(
            "select exists (select from legacy_imports where source = $1 and last_key <> '')", [context.Source], cancellationToken);
    }

    /// <returns>The key of the table's last row that was dealt with; null if none was.</returns>
    public async Task<string?> LastKeyAsync(string table, CancellationToken cancellationToken) =>
        (await target.ReadAsync("select last_key from legacy_imports where source = $1 and source_table = $2 and last_key <> ''",
            [context.Source, table], r => r.GetString(0), cancellationToken)).SingleOrDefault();

    public Task AdvanceAsync(string table, string lastKey, long taken, long refused, CancellationToken cancellationToken) =>
        target.ExecuteAsync("""
            insert into legacy_imports (business_id, id, source, source_table, last_key, taken, refused, started_at)
            values (app.current_business_id(), $1, $2, $3, $4, $5, $6, $7)
            on conflict (business_id, source, source_table) do update set last_key = excluded.last_key,
                taken = legacy_imports.taken + excluded.taken, refused = legacy_imports.refused + excluded.refused
            """, [Guid.CreateVersion7(context.Now), context.Source, table, lastKey, taken, refused, context.Now], cancellationToken);

    public Task<List<LegacyTally>> TalliesAsync(CancellationToken cancellationToken) => target.ReadAsync(
        "select source_table, taken, refused from legacy_imports where source = $1", [context.Source],
        r => new LegacyTally(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), cancellationToken);

    public Task FinishAsync(DateTimeOffset now, CancellationToken cancellationToken) => target.ExecuteAsync(
        "update legacy_imports set finished_at = $2 where source = $1", [context.Source, now], cancellationToken);
}

/// <summary>What became of the rows of one table, over all runs of one import.</summary>
/// <param name="Taken">Those that are in the business now, whichever run brought them.</param>
internal sealed record LegacyTally(string Table, long Taken, long Refused);
