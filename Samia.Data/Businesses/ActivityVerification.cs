using Npgsql;

namespace Samia.Data;

/// <summary>A place where a business's activity log is not what it was.</summary>
/// <param name="Business">Its slug.</param>
/// <param name="Sequence">The row; for rows missing at the end, the last one that is left.</param>
/// <param name="Problem">A sentence for people.</param>
public sealed record ActivityProblem(string Business, long Sequence, string Problem);

/// <summary>
/// Follows the hash chains of the activity logs, as <c>samia_platform</c>. Somebody who may do everything in the
/// database can make a whole chain anew: keep the end of the chain that this reports elsewhere to notice that too.
/// </summary>
public sealed class ActivityVerification(PlatformDataSource platform)
{
    private const string Sql = """
        with log as (
            select l.business_id, l.sequence, l.hash, l.hash is not distinct from app.activity_hash(l, l.previous_hash) as intact,
                l.previous_hash, lag(l.hash) over w as hash_before, coalesce(lag(l.sequence) over w, 0) as sequence_before
            from activity_logs l where $1::uuid is null or l.business_id = $1
            window w as (partition by l.business_id order by l.sequence)),
        problem as (
            select business_id, sequence, case
                when not intact then 'was changed'
                when sequence_before <> sequence - 1 then
                    format('rows %s to %s before it are missing', sequence_before + 1, sequence - 1)
                else 'does not follow the row before it' end as problem
            from log where not intact or sequence_before <> sequence - 1 or previous_hash is distinct from hash_before
            union all
            select b.id, coalesce(last.sequence, 0), case
                when c.length is null then 'the end of the chain is missing'
                when c.length > coalesce(last.sequence, 0) then
                    format('rows %s to %s after it are missing', coalesce(last.sequence, 0) + 1, c.length)
                else 'the end of the chain is another' end
            from businesses b left join activity_chains c on c.business_id = b.id
            left join lateral (select sequence, hash from activity_logs l where l.business_id = b.id
                order by sequence desc limit 1) last on true
            where ($1::uuid is null or b.id = $1) and num_nonnulls(c.length, last.sequence) > 0
            and (c.length is distinct from last.sequence or c.hash is distinct from last.hash))
        select b.slug, p.sequence, p.problem from problem p join businesses b on b.id = p.business_id
        order by b.slug, p.sequence
        """;

    /// <param name="businessId">Null for all businesses.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<IReadOnlyList<ActivityProblem>> FindProblemsAsync(Guid? businessId, CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand(Sql);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = businessId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var problems = new List<ActivityProblem>();
        while (await reader.ReadAsync(cancellationToken))
        {
            problems.Add(new ActivityProblem(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));
        }

        return problems;
    }

    /// <summary>The end of each chain: slug, number of rows, and the hash of the last in hexadecimal.</summary>
    public async Task<IReadOnlyList<(string Business, long Length, string Hash)>> EndsAsync(
        Guid? businessId, CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand("""
            select b.slug, c.length, c.hash from activity_chains c join businesses b on b.id = c.business_id
            where $1::uuid is null or b.id = $1 order by b.slug
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid?> { TypedValue = businessId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ends = new List<(string, long, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ends.Add((reader.GetString(0), reader.GetInt64(1), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(2))));
        }

        return ends;
    }
}
