using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>An outbox entry that this node works on until <paramref name="ClaimedUntil"/>, and what it takes to send it.</summary>
/// <param name="Attempts">Calls begun so far.</param>
/// <param name="CallStartedAt">A call began then whose answer nobody has.</param>
/// <param name="ClaimedUntil">Tells this claim from a later one of the same entry.</param>
/// <param name="AccessToken">As stored, encrypted, and read with the claim: a token that was replaced is not used again.</param>
internal sealed record OutboxClaim(
    Guid BusinessId, Guid Id, OutboxKind Kind, Guid? MessageId, string? Payload, int Attempts,
    DateTimeOffset? CallStartedAt, DateTimeOffset ClaimedUntil, string PhoneNumberId, string AccessToken) : IClaim
{
    public Guid Share => BusinessId;
}

/// <summary>
/// The outbox over all businesses, as <c>samia_platform</c>: a dispatcher cannot ask business by business. It sees
/// outbox entries and, of businesses, whether they may send and with which connection. All else is done as the tenant.
/// </summary>
[RequiresNoPermission("The dispatcher looks over all businesses before it enters one.")]
internal sealed class OutboxClaims(PlatformDataSource platform)
{
    // Per business, so that a long queue of one leaves the others' turn alone, in the order of ids: the primary key.
    // A lane's first entry alone may go, and not beside another of its lane, which a node with another clock may have
    // queued with a later id. Both as sub-selects: as "not exists" the planner may read the whole queue to join it.
    internal const string ClaimSql = """
        with due as (
            select head.business_id, head.id, b.phone_number_id, b.access_token
            from businesses b
            left join unnest($1::uuid[], $2::int[]) busy(business_id, calls) on busy.business_id = b.id
            cross join lateral (
                select o.business_id, o.id from outbox o
                where o.business_id = b.id and o.kind in ('send_message', 'mark_read') and o.due_at <= $3
                    and (o.claimed_until is null or o.claimed_until <= $3)
                    and (o.lane is null or case
                        when o.id <> (select first.id from outbox first
                            where first.business_id = o.business_id and first.lane = o.lane order by first.id limit 1) then false
                        else not (select coalesce(bool_or(other.claimed_until > $3), false) from outbox other
                            where other.business_id = o.business_id and other.lane = o.lane) end)
                order by o.id limit greatest($4 - coalesce(busy.calls, 0), 0) for update skip locked) head
            where ($5::uuid[] is null or b.id = any($5)) and b.status = 'active' and b.sending_paused_at is null
                and (b.sending_slowed_until is null or b.sending_slowed_until <= $3)
                and b.phone_number_id is not null and b.access_token is not null
            order by random() limit $6)
        update outbox o set claimed_until = $7 from due where o.business_id = due.business_id and o.id = due.id
        returning o.business_id, o.id, o.kind, o.message_id, o.payload::text, o.attempts, o.call_started_at,
            o.claimed_until, due.phone_number_id, due.access_token
        """;

    /// <summary>Takes entries that are due, of businesses that may send.</summary>
    /// <param name="only">The businesses to look at; null for all.</param>
    /// <param name="busy">How many calls of a business are under way on this node.</param>
    /// <param name="perBusiness">How many may be.</param>
    /// <param name="limit">How many entries to take.</param>
    /// <param name="now">By this node's clock.</param>
    /// <param name="until">When the claims end.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<List<OutboxClaim>> ClaimAsync(
        IReadOnlyCollection<Guid>? only, IReadOnlyDictionary<Guid, int> busy, int perBusiness, int limit,
        DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Compiling the plan, which its estimated cost suggests, takes a thousand times as long as running it.
        var command = new NpgsqlBatchCommand(ClaimSql);
        command.Parameters.Add(new() { Value = busy.Keys.ToArray() });
        command.Parameters.Add(new() { Value = busy.Values.ToArray() });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = perBusiness });
        command.Parameters.Add(new() { Value = (object?)only?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = until });
        await using var batch = platform.Value.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('jit', 'off', true)"));
        batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var claims = new List<OutboxClaim>();
        while (await reader.ReadAsync(cancellationToken))
        {
            claims.Add(new OutboxClaim(
                reader.GetGuid(0), reader.GetGuid(1), KindOf(reader.GetString(2)), reader.GetFieldValue<Guid?>(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt32(5), reader.GetFieldValue<DateTimeOffset?>(6),
                reader.GetFieldValue<DateTimeOffset>(7), reader.GetString(8), reader.GetString(9)));
        }

        return claims;
    }

    /// <summary>Notes that a call begins. From its commit on, a crash leaves a lost answer.</summary>
    /// <returns>Null if the entry is gone or somebody else's by now, so that nothing may be called.</returns>
    public async Task<OutboxClaim?> StartCallAsync(OutboxClaim claim, DateTimeOffset now, CancellationToken cancellationToken) =>
        await ChangeAsync(claim, "call_started_at = $4, attempts = attempts + 1", [now], cancellationToken) == 0
            ? null
            : claim with { Attempts = claim.Attempts + 1, CallStartedAt = now };

    /// <summary>Gives the entry back: it is due again at the time given.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="dueAt">When it is next looked at.</param>
    /// <param name="attempts">Calls that count.</param>
    /// <param name="answered">False if a call's answer is still missing.</param>
    /// <param name="error">For operators; null if nothing went wrong.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task LaterAsync(
        OutboxClaim claim, DateTimeOffset dueAt, int attempts, bool answered, string? error, CancellationToken cancellationToken) =>
        ChangeAsync(claim,
            "claimed_until = null, due_at = $4, attempts = $5, last_error = $6, call_started_at = case when $7 then null else call_started_at end",
            [dueAt, attempts, (object?)error ?? DBNull.Value, answered], cancellationToken);

    /// <summary>When the oldest entry of those businesses that may send became due; null if there is none.</summary>
    public async Task<DateTimeOffset?> OldestDueAsync(CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand("""
            select min(oldest.due_at) from businesses b
            cross join lateral (select o.due_at from outbox o where o.business_id = b.id and o.kind in ('send_message', 'mark_read') order by o.id limit 1) oldest
            where b.status = 'active' and b.sending_paused_at is null and b.access_token is not null
            """);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime due ? new DateTimeOffset(due) : null;
    }

    private async Task<int> ChangeAsync(
        OutboxClaim claim, string set, object[] values, CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand(
            $"update outbox set {set} where business_id = $1 and id = $2 and claimed_until = $3");
        foreach (var value in (object[])[claim.BusinessId, claim.Id, claim.ClaimedUntil, .. values])
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static OutboxKind KindOf(string name) => name switch
    {
        "send_message" => OutboxKind.SendMessage,
        "mark_read" => OutboxKind.MarkRead,
        _ => throw new InvalidOperationException($"The outbox holds a kind '{name}' that this version does not know."),
    };
}
