using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Reads the inbox's list, newest activity first, by keyset: each page is one range scan of one index, however many
/// conversations there are. <c>ConversationListPlanTests</c> holds the plans.
/// </summary>
[RequiresPermission(Permissions.ViewConversations), RequiresPermission(Permissions.ViewAssigned)]
public sealed class ConversationList(TenantSql sql, TenantContext tenant, VisibleConversations visible)
{
    private static readonly Guid LastId = Guid.AllBitsSet;
    private static readonly DateTimeOffset LastTime = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The rows after <paramref name="after"/>, or the first ones; fewer than asked for at the end.</summary>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<List<ConversationRow>> PageAsync(
        ConversationListQuery query, ConversationCursor? after, int pageSize, CancellationToken cancellationToken)
    {
        var sight = await visible.DemandAsync(cancellationToken);
        var cursor = after ?? new ConversationCursor(LastTime, LastId);
        List<NpgsqlParameter> parameters =
        [
            Text(StoredEnum.NameOf(query.Status)), Time(cursor.LastActivityAt), Id(cursor.Id), Number(pageSize),
            Id(tenant.BusinessId),
        ];
        if (query.Tab == ConversationTab.Mine || !sight.IsAll)
        {
            parameters.Add(Id(tenant.EmployeeId ?? Guid.Empty));
        }

        return await sql.ReadAsync(
            sight.IsAll ? ConversationListSql.Page(query.Tab) : ConversationListSql.OwnPage(query.Tab), parameters, Read, cancellationToken);
    }

    /// <summary>
    /// The rows of these conversations as they are now, in no order; those that do not exist, or are not seen, are left out.
    /// </summary>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<List<ConversationRow>> RowsAsync(
        IReadOnlyCollection<Guid> conversationIds, CancellationToken cancellationToken)
    {
        var sight = await visible.DemandAsync(cancellationToken);
        List<NpgsqlParameter> parameters = [new NpgsqlParameter<Guid[]> { TypedValue = [.. conversationIds] }];
        if (sight.Only is { } me)
        {
            parameters.Add(Id(me));
        }

        return await sql.ReadAsync(
            $"select {ConversationListSql.Columns} from conversations c where id = any($1){sight.Condition("c", "$2")}",
            parameters, Read, cancellationToken);
    }

    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<ConversationCounts> CountsAsync(ConversationStatus status, CancellationToken cancellationToken)
    {
        var sight = await visible.DemandAsync(cancellationToken);
        return (await sql.ReadAsync(ConversationListSql.Counts(onlyOwn: !sight.IsAll),
            [Text(StoredEnum.NameOf(status)), Id(tenant.EmployeeId ?? Guid.Empty), Number(ConversationCounts.Most)],
            r => new ConversationCounts(r.GetInt32(0), r.GetInt32(1), r.GetInt32(2)), cancellationToken)).Single();
    }

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
