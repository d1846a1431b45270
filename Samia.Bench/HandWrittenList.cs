using Npgsql;
using Samia.Inbox.Conversations;

namespace Samia.Bench;

/// <summary>
/// What somebody would write who needs only this page, this fast: one statement over the right index, as the table's
/// owner, with row-level security not applied.
/// </summary>
internal sealed class HandWrittenList : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly Guid _businessId;
    private readonly DateTime _activity;
    private readonly Guid _id;

    private HandWrittenList(NpgsqlDataSource source, Guid businessId, DateTime activity, Guid id) =>
        (_source, _businessId, _activity, _id) = (source, businessId, activity, id);

    public static async Task<HandWrittenList> OpenAsync(
        BenchCluster cluster, Guid businessId, ConversationCursor? after, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(cluster.Owner);
        // FORCE applies policies to the owner too; without it the owner is exempt, and nobody else is.
        await using var exempt = source.CreateCommand("alter table conversations no force row level security");
        await exempt.ExecuteNonQueryAsync(cancellationToken);
        return new HandWrittenList(source, businessId,
            after?.LastActivityAt.UtcDateTime ?? new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc), after?.Id ?? Guid.AllBitsSet);
    }

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("""
            select id, customer_name, mode, status, assignee_id, priority, unread_count, last_message_preview,
                last_message_kind, last_message_direction, last_message_status, last_activity_at, waiting_since
            from conversations
            where business_id = $1 and status = 'open' and (last_activity_at, id) < ($2, $3)
            order by last_activity_at desc, id desc limit $4
            """, connection)
        {
            Parameters =
            {
                new() { Value = _businessId }, new() { Value = _activity }, new() { Value = _id },
                new() { Value = ListReader.PageSize },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<object?[]>(ListReader.PageSize);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }

        if (rows.Count != ListReader.PageSize)
        {
            throw new InvalidOperationException($"The hand-written list has {rows.Count} rows.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await using (var force = _source.CreateCommand("alter table conversations force row level security"))
        {
            await force.ExecuteNonQueryAsync();
        }

        await _source.DisposeAsync();
    }
}
