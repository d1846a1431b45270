using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Reads windows of a thread, messages and notes together, each by range scans of one index per table.</summary>
[RequiresPermission(Permissions.ViewConversations), RequiresPermission(Permissions.ViewAssigned)]
public sealed class ConversationThread(TenantSql sql, VisibleConversations visible)
{
    /// <summary>The items before <paramref name="before"/>, or the newest ones, in the order of the thread.</summary>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<List<ThreadItem>> BeforeAsync(
        Guid conversationId, Guid? before, int count, CancellationToken cancellationToken)
    {
        var items = await ReadAsync(
            "id < $2", "desc", conversationId, before ?? Guid.AllBitsSet, count, cancellationToken);
        items.Reverse();
        return items;
    }

    /// <summary>The items from <paramref name="from"/> on, itself included, in the order of the thread.</summary>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public Task<List<ThreadItem>> FromAsync(
        Guid conversationId, Guid from, int count, CancellationToken cancellationToken) =>
        ReadAsync("id >= $2", "asc", conversationId, from, count, cancellationToken);

    internal static string Sql(string range, string order, ConversationSight sight) => $"""
        select i.id, i.employee_id, i.body, i.sent_at, i.direction, i.author, i.kind, i.status, i.payload, i.delivered_at,
            i.read_at, i.error_text, i.customer_reaction, i.business_reaction, i.edited_at, i.revoked_at,
            i.reply_to_wamid, q.id, q.body, q.kind, q.direction
        from (
            (select id, employee_id, body, sent_at, direction, author, kind, status, payload::text, delivered_at, read_at,
                error_text, customer_reaction, business_reaction, edited_at, revoked_at, reply_to_wamid
            from messages where conversation_id = $1 and {range} order by id {order} limit $3)
            union all
            (select id, employee_id, body, created_at, null, null, null, null, null, null, null, null, null, null, null,
                null, null
            from internal_notes where conversation_id = $1 and {range} order by id {order} limit $3)
            order by id {order} limit $3) i
        left join messages q on q.wamid = i.reply_to_wamid and q.conversation_id = $1
        {Seen(sight)}
        order by i.id {order}
        """;

    private async Task<List<ThreadItem>> ReadAsync(
        string range, string order, Guid conversationId, Guid id, int count, CancellationToken cancellationToken)
    {
        var sight = await visible.DemandAsync(cancellationToken);
        List<NpgsqlParameter> parameters =
        [
            new NpgsqlParameter<Guid> { TypedValue = conversationId }, new NpgsqlParameter<Guid> { TypedValue = id },
            new NpgsqlParameter<int> { TypedValue = count },
        ];
        if (sight.Only is { } me)
        {
            parameters.Add(new NpgsqlParameter<Guid> { TypedValue = me });
        }

        return await sql.ReadAsync(Sql(range, order, sight), parameters, Read, cancellationToken);
    }

    // Asked once for the window, and not at all for whoever sees everything.
    private static string Seen(ConversationSight sight) => sight.IsAll
        ? ""
        : $"where exists (select from conversations c where c.id = $1{sight.Condition("c", "$4")})";

    private static ThreadItem Read(NpgsqlDataReader row)
    {
        var (id, employeeId, body, sentAt) =
            (row.GetGuid(0), Value<Guid>(row, 1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3));
        return row.IsDBNull(4) ? new ThreadNote(id, employeeId, body, sentAt) : new ThreadMessage(
            id, employeeId, body, sentAt, Named<MessageDirection>(row, 4)!.Value, Named<MessageAuthor>(row, 5)!.Value,
            Named<MessageKind>(row, 6)!.Value, Named<MessageStatus>(row, 7)!.Value)
        {
            Payload = Text(row, 8),
            DeliveredAt = Value<DateTimeOffset>(row, 9),
            ReadAt = Value<DateTimeOffset>(row, 10),
            ErrorText = Text(row, 11),
            CustomerReaction = Text(row, 12),
            BusinessReaction = Text(row, 13),
            EditedAt = Value<DateTimeOffset>(row, 14),
            RevokedAt = Value<DateTimeOffset>(row, 15),
            ReplyTo = row.IsDBNull(16) ? null : new QuotedMessage(
                Value<Guid>(row, 17), Text(row, 18), Named<MessageKind>(row, 19), Named<MessageDirection>(row, 20)),
        };
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T? Value<T>(NpgsqlDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    private static T? Named<T>(NpgsqlDataReader row, int column) where T : struct, Enum =>
        row.IsDBNull(column) ? null : StoredEnum.Parse<T>(row.GetString(column));
}
