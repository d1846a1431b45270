using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>A delivery that this node works on until <paramref name="ClaimedUntil"/>.</summary>
/// <param name="Id">Of the delivery and of its outbox entry.</param>
/// <param name="Attempts">Tries so far.</param>
/// <param name="ClaimedUntil">Tells this claim from a later one of the same entry.</param>
internal sealed record WebhookClaim(Guid BusinessId, Guid Id, Guid WebhookId, int Attempts, DateTimeOffset ClaimedUntil) : IClaim
{
    public Guid Share => WebhookId;
}

/// <summary>
/// The calls that are due over all businesses, as <c>samia_platform</c>: a dispatcher cannot ask business by business. It
/// sees outbox entries and, of webhooks, whether they are called. All else is done as the tenant.
/// </summary>
[RequiresNoPermission("The dispatcher looks over all businesses before it enters one.")]
internal sealed class WebhookClaims(PlatformDataSource platform)
{
    // Per webhook, so that a long queue of one leaves the others' turn alone; what is due longest goes first. A suspended
    // business is still told: it is about data of its own.
    internal const string ClaimSql = """
        with due as (
            select head.business_id, head.id, w.id webhook_id
            from outgoing_webhooks w
            join businesses b on b.id = w.business_id and b.status <> 'closed'
            left join unnest($1::uuid[], $2::int[]) busy(webhook_id, calls) on busy.webhook_id = w.id
            cross join lateral (
                select o.business_id, o.id from outbox o
                where o.business_id = w.business_id and o.lane = w.id and o.kind = 'call_webhook' and o.due_at <= $3
                    and (o.claimed_until is null or o.claimed_until <= $3)
                order by o.due_at limit greatest($4 - coalesce(busy.calls, 0), 0) for update skip locked) head
            where ($5::uuid[] is null or w.business_id = any($5)) and w.is_active
            order by random() limit $6)
        update outbox o set claimed_until = $7 from due where o.business_id = due.business_id and o.id = due.id
        returning o.business_id, o.id, due.webhook_id, o.attempts, o.claimed_until
        """;

    /// <summary>Takes deliveries that are due.</summary>
    /// <param name="only">The businesses to look at; null for all.</param>
    /// <param name="busy">How many calls of a webhook are under way on this node.</param>
    /// <param name="perWebhook">How many may be.</param>
    /// <param name="limit">How many deliveries to take.</param>
    /// <param name="now">By this node's clock.</param>
    /// <param name="until">When the claims end.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<List<WebhookClaim>> ClaimAsync(
        IReadOnlyCollection<Guid>? only, IReadOnlyDictionary<Guid, int> busy, int perWebhook, int limit,
        DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Compiling the plan, which its estimated cost may suggest, takes far longer than running it.
        var command = new NpgsqlBatchCommand(ClaimSql);
        command.Parameters.Add(new() { Value = busy.Keys.ToArray() });
        command.Parameters.Add(new() { Value = busy.Values.ToArray() });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = perWebhook });
        command.Parameters.Add(new() { Value = (object?)only?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = until });
        await using var batch = platform.Value.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('jit', 'off', true)"));
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var claims = new List<WebhookClaim>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claims.Add(new WebhookClaim(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetInt32(3),
                reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return claims;
    }

    /// <summary>The businesses that have webhooks.</summary>
    public async Task<List<Guid>> BusinessesAsync(CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand("select distinct business_id from outgoing_webhooks");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var businesses = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            businesses.Add(reader.GetGuid(0));
        }

        return businesses;
    }
}
