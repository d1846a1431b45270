using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Reads the inbox's list, newest activity first, by keyset: each page is one range scan of one index, however many
/// conversations there are. <c>ConversationListPlanTests</c> holds the plans.
/// </summary>
[RequiresPermission(Permissions.ViewConversations)]
public sealed class ConversationList(TenantSql sql, TenantContext tenant, PermissionChecker permissions)
{
    private const string Columns = """
        id, customer_name, mode, status, assignee_id, priority, unread_count, last_message_preview, last_message_kind,
        last_message_direction, last_message_status, last_activity_at, waiting_since
        """;

    private static readonly Guid LastId = Guid.AllBitsSet;
    private static readonly DateTimeOffset LastTime = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The rows after <paramref name="after"/>, or the first ones; fewer than asked for at the end.</summary>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<List<ConversationRow>> PageAsync(
        ConversationListQuery query, ConversationCursor? after, int pageSize, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        var cursor = after ?? new ConversationCursor(LastTime, LastId);
        List<NpgsqlParameter> parameters =
        [
            Text(StoredEnum.NameOf(query.Status)), Time(cursor.LastActivityAt), Id(cursor.Id), Number(pageSize),
            Id(tenant.BusinessId),
        ];
        if (query.Tab == ConversationTab.Mine)
        {
            parameters.Add(Id(tenant.EmployeeId ?? Guid.Empty));
        }

        return await sql.ReadAsync(PageSql(query.Tab), parameters, Read, cancellationToken);
    }

    /// <summary>The rows of these conversations as they are now, in no order; those that do not exist are left out.</summary>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<List<ConversationRow>> RowsAsync(
        IReadOnlyCollection<Guid> conversationIds, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        return await sql.ReadAsync($"select {Columns} from conversations where id = any($1)",
            [new NpgsqlParameter<Guid[]> { TypedValue = [.. conversationIds] }], Read, cancellationToken);
    }

    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<ConversationCounts> CountsAsync(ConversationStatus status, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        return (await sql.ReadAsync("""
            select (select count(*)::int from (select from conversations where assignee_id = $2 and status = $1 limit $3) m),
                (select count(*)::int from (select from conversations where assignee_id is null and status = $1 limit $3) u),
                (select count(*)::int from (select from conversations where status = $1 limit $3) a)
            """,
            [Text(StoredEnum.NameOf(status)), Id(tenant.EmployeeId ?? Guid.Empty), Number(ConversationCounts.Most)],
            r => new ConversationCounts(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), cancellationToken)).Single();
    }

    /// <summary>
    /// Parameters: status, activity and id of the cursor, page size, the business, and for Mine the employee. The policy
    /// alone would keep to the business too, but measurably slower.
    /// </summary>
    internal static string PageSql(ConversationTab tab) => $"""
        select {Columns} from conversations
        where business_id = $5 and status = $1 and (last_activity_at, id) < ($2, $3){tab switch
        {
            ConversationTab.Mine => " and assignee_id = $6",
            ConversationTab.Unassigned => " and assignee_id is null",
            _ => "",
        }}
        order by last_activity_at desc, id desc limit $4
        """;

    private static ConversationRow Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), StoredEnum.Parse<ConversationMode>(row.GetString(2)),
        StoredEnum.Parse<ConversationStatus>(row.GetString(3)), row.IsDBNull(4) ? null : row.GetGuid(4),
        StoredEnum.Parse<ConversationPriority>(row.GetString(5)), row.GetInt32(6), row.GetString(7),
        Enum<MessageKind>(row, 8), Enum<MessageDirection>(row, 9), Enum<MessageStatus>(row, 10),
        row.GetFieldValue<DateTimeOffset>(11), row.IsDBNull(12) ? null : row.GetFieldValue<DateTimeOffset>(12));

    private static T? Enum<T>(NpgsqlDataReader row, int column) where T : struct, Enum =>
        row.IsDBNull(column) ? null : StoredEnum.Parse<T>(row.GetString(column));

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter<Guid> Id(Guid value) => new() { TypedValue = value };

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    private static NpgsqlParameter<DateTimeOffset> Time(DateTimeOffset value) => new() { TypedValue = value };
}
