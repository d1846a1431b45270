namespace Samia.Inbox.Conversations;

/// <summary>
/// The list's statements, each written for one plan, which <c>ConversationListPlanTests</c> holds. Parameters: status,
/// activity and id of the cursor, page size, the business, and where an employee matters their id. The policy alone
/// would keep to the business too, but measurably slower.
/// </summary>
internal static class ConversationListSql
{
    public const string Columns = """
        id, customer_name, mode, status, assignee_id, priority, unread_count, last_message_preview, last_message_kind,
        last_message_direction, last_message_status, last_activity_at, waiting_since
        """;

    /// <summary>For whoever sees everything, and of what is assigned to somebody for everybody.</summary>
    public static string Page(ConversationTab tab) => Range(tab switch
    {
        ConversationTab.Mine => " and assignee_id = $6",
        ConversationTab.Unassigned => " and assignee_id is null",
        _ => "",
    });

    /// <summary>
    /// For whoever sees only what is theirs or their teams': one range of each, of which the newest rows make the page.
    /// </summary>
    public static string OwnPage(ConversationTab tab) => tab switch
    {
        ConversationTab.Mine => Page(tab),
        ConversationTab.Unassigned => $"{OfTeams(" and assignee_id is null")} order by last_activity_at desc, id desc limit $4",
        _ => $"""
            select * from (({Page(ConversationTab.Mine)}) union ({OfTeams("")})) own
            order by last_activity_at desc, id desc limit $4
            """,
    };

    /// <summary>Parameters: status, the employee, how far to count.</summary>
    public static string Counts(bool onlyOwn) => onlyOwn ? $"""
        select (select count(*)::int from (select from conversations where assignee_id = $2 and status = $1 limit $3) m),
            (select count(*)::int from (select {FromTeams} and c.assignee_id is null limit $3) u),
            (select count(*)::int from (
                (select from conversations where assignee_id = $2 and status = $1 limit $3)
                union all (select {FromTeams} and c.assignee_id is distinct from $2 limit $3) limit $3) a)
        """ : """
        select (select count(*)::int from (select from conversations where assignee_id = $2 and status = $1 limit $3) m),
            (select count(*)::int from (select from conversations where assignee_id is null and status = $1 limit $3) u),
            (select count(*)::int from (select from conversations where status = $1 limit $3) a)
        """;

    private const string FromTeams =
        "from team_members t join conversations c on c.team_id = t.team_id where t.employee_id = $2 and c.status = $1";

    private static string OfTeams(string also) => $"""
        select page.* from team_members t cross join lateral ({Range(" and team_id = t.team_id" + also)}) page
        where t.business_id = $5 and t.employee_id = $6
        """;

    private static string Range(string also) => $"""
        select {Columns} from conversations
        where business_id = $5 and status = $1 and (last_activity_at, id) < ($2, $3){also}
        order by last_activity_at desc, id desc limit $4
        """;
}
