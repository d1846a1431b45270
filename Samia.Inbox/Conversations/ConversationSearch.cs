using Npgsql;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Finds conversations by what they are, newest activity first, by keyset. Each status is an index range scan of its
/// own, so that asking for all of them costs no sort of all conversations.
/// </summary>
public sealed class ConversationSearch(TenantSql sql, TenantContext tenant, PermissionChecker permissions)
{
    private const string Columns = """
        id, customer_id, customer_name, status, snoozed_until, mode, priority, assignee_id, team_id, unread_count,
        last_message_preview, last_activity_at, waiting_since, window_closes_at, created_at
        """;

    private static readonly string[] AllStatuses = [.. Enum.GetValues<ConversationStatus>().Select(StoredEnum.NameOf)];

    /// <summary>Those after <paramref name="after"/>, or the first ones; fewer than asked for at the end.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see all conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<List<ConversationDetails>> PageAsync(
        ConversationSearchQuery query, ConversationCursor? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        List<NpgsqlParameter> parameters = [Of(tenant.BusinessId), Of(query.Status is { } one ? [StoredEnum.NameOf(one)] : AllStatuses), Of(count)];
        var conditions = Conditions(query, after, value =>
        {
            parameters.Add(value);
            return $"${parameters.Count}";
        });
        return await sql.ReadAsync($"""
            select c.* from unnest($2) s(status) cross join lateral (
                select {Columns} from conversations
                where business_id = $1 and status = s.status{string.Concat(conditions.Select(c => " and " + c))}
                order by last_activity_at desc, id desc limit $3) c
            order by last_activity_at desc, id desc limit $3
            """, parameters, Read, cancellationToken);
    }

    /// <returns>
    /// The conversation, or the one that it was merged into, which has another id. Null if the business has no such
    /// conversation.
    /// </returns>
    /// <exception cref="NotPermittedException">Whoever acts may not see all conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<ConversationDetails?> FindAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        return await RowAsync("$2") ?? await RowAsync("(select into_conversation_id from merged_conversations where business_id = $1 and id = $2)");

        // By one id at a time: with an "or", or a coalesce, Postgres would read every conversation.
        async Task<ConversationDetails?> RowAsync(string id) => (await sql.ReadAsync(
            $"select {Columns} from conversations where business_id = $1 and id = {id}",
            [Of(tenant.BusinessId), Of(conversationId)], Read, cancellationToken)).SingleOrDefault();
    }

    private static IEnumerable<string> Conditions(
        ConversationSearchQuery query, ConversationCursor? after, Func<NpgsqlParameter, string> with)
    {
        if (after is { } cursor)
        {
            yield return $"(last_activity_at, id) < ({with(Of(cursor.LastActivityAt))}, {with(Of(cursor.Id))})";
        }

        if (query.ActiveSince is { } since)
        {
            yield return $"last_activity_at >= {with(Of(since))}";
        }

        if (query.AssigneeId is { } assignee)
        {
            yield return $"assignee_id = {with(Of(assignee))}";
        }

        if (query.IsUnassigned)
        {
            yield return "assignee_id is null";
        }

        if (query.CustomerId is { } customer)
        {
            yield return $"customer_id = {with(Of(customer))}";
        }

        if (query.LabelId is { } label)
        {
            yield return $"""
                exists (select from conversation_labels l where l.business_id = $1 and l.label_id = {with(Of(label))}
                and l.conversation_id = conversations.id)
                """;
        }

        if (SearchText.Of(query.Search) is { } search)
        {
            yield return $@"customer_name ilike {with(Of(SearchText.Pattern(search)))} escape '\'";
        }
    }

    private static ConversationDetails Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), StoredEnum.Parse<ConversationStatus>(row.GetString(3)), Time(row, 4),
        StoredEnum.Parse<ConversationMode>(row.GetString(5)), StoredEnum.Parse<ConversationPriority>(row.GetString(6)),
        Id(row, 7), Id(row, 8), row.GetInt32(9), row.GetString(10), row.GetFieldValue<DateTimeOffset>(11), Time(row, 12),
        Time(row, 13), row.GetFieldValue<DateTimeOffset>(14));

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
