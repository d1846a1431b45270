namespace Samia.Local.Legacy;

/// <summary>
/// Takes old conversations and their messages in. What a conversation shows in the list is kept in step as
/// <c>ConversationSummary</c> keeps it for messages that arrive; where nothing is new, nothing is touched.
/// </summary>
internal static class LegacyConversationSql
{
    /// <summary>The messages that were not here yet.</summary>
    public static readonly LegacyStage Added = new("legacy_added", ["id uuid", "conversation_id uuid"]);

    /// <summary>What is left: conversations whose customer was not taken, and messages that are here under another id.</summary>
    public const string Left = """
        select 'conversations', key, 'its customer is not here' from legacy_conversations where conversation_id is null
        union all
        select 'messages', m.key, 'another message here has its id' from legacy_messages m
        join legacy_conversations s on s.id = m.source_id
        where s.conversation_id is not null and not exists (select from messages x where x.id = m.id)
        """;

    private const string Lock = """
        select 1 from conversations where customer_id in
            (select c.id from customers c join legacy_conversations s on s.wa_id = c.wa_id)
        order by id for update
        """;

    private const string FindCustomers = """
        update legacy_conversations s set customer_id = c.id,
            fresh = not exists (select from conversations v where v.id = s.id)
                and not exists (select from merged_conversations m where m.id = s.id)
        from customers c where c.wa_id = s.wa_id
        """;

    private const string Begin = """
        insert into conversations (business_id, id, customer_id, customer_name, mode, status, priority, unread_count,
            last_message_preview, last_activity_at, created_at)
        select distinct on (c.id) app.current_business_id(), s.id, c.id,
            coalesce(nullif(btrim(c.name), ''), nullif(btrim(c.profile_name), ''), '@' || nullif(btrim(c.username), ''), '+' || c.wa_id),
            s.mode, s.status, 'normal', 0, '', coalesce(s.last_at, s.created_at), s.created_at
        from legacy_conversations s join customers c on c.id = s.customer_id
        where s.fresh and not exists (select from conversations v where v.customer_id = c.id)
        order by c.id, s.place
        on conflict do nothing
        """;

    private const string FindConversations =
        "update legacy_conversations s set conversation_id = v.id from conversations v where v.customer_id = s.customer_id";

    private const string Merge = """
        insert into merged_conversations (business_id, id, into_conversation_id)
        select app.current_business_id(), id, conversation_id from legacy_conversations where fresh and id <> conversation_id
        on conflict do nothing
        """;

    private const string Messages = """
        with added as (
            insert into messages (business_id, id, conversation_id, direction, author, employee_id, kind, body, payload, wamid, status,
                error_text, sent_at)
            select app.current_business_id(), m.id, s.conversation_id, m.direction, m.author, e.id, m.kind, m.body, m.payload::jsonb,
                m.wamid, m.status, m.error_text, m.sent_at
            from legacy_messages m join legacy_conversations s on s.id = m.source_id
            left join legacy_employees e on e.name = m.employee
            where s.conversation_id is not null order by m.id
            on conflict do nothing returning id, conversation_id)
        insert into legacy_added select id, conversation_id from added
        """;

    // Of several that become one, the one with the most left to do says how it stands.
    private const string Summarize = """
        with sources as (
            select conversation_id as id, sum(unread)::integer as unread, min(created_at) as created_at,
                max(array_position(array['resolved', 'snoozed', 'pending', 'open'], status)) as rank
            from legacy_conversations where fresh and conversation_id is not null group by conversation_id),
        newest as (
            select distinct on (a.conversation_id) a.conversation_id as id, m.id as message_id, m.preview, m.kind, m.direction, m.status, m.sent_at
            from legacy_added a join legacy_messages m on m.id = a.id
            where m.kind <> 'system' order by a.conversation_id, m.id desc),
        changed as (
            select id, s.unread, s.created_at, s.rank, n.message_id, n.preview, n.kind, n.direction, n.status, n.sent_at
            from sources s full join newest n using (id))
        update conversations v set
            unread_count = v.unread_count + coalesce(x.unread, 0),
            created_at = least(v.created_at, x.created_at),
            last_activity_at = greatest(v.last_activity_at, x.sent_at),
            status = case when raised then (array['resolved', 'snoozed', 'pending', 'open'])[x.rank] else v.status end,
            snoozed_until = case when raised then null else v.snoozed_until end,
            last_message_id = case when later then x.message_id else v.last_message_id end,
            last_message_preview = case when later then x.preview else v.last_message_preview end,
            last_message_kind = case when later then x.kind else v.last_message_kind end,
            last_message_direction = case when later then x.direction else v.last_message_direction end,
            last_message_status = case when later then x.status else v.last_message_status end
        from (select c.id as own_id, changed.*,
                coalesce(changed.rank > array_position(array['resolved', 'snoozed', 'pending', 'open'], c.status), false) as raised,
                changed.message_id is not null and (c.last_message_id is null or changed.message_id > c.last_message_id) as later
            from changed join conversations c on c.id = changed.id) x
        where v.id = x.own_id
        """;

    private const string Wait = """
        update conversations v set
            waiting_since = case when v.status <> 'resolved' then (
                select min(i.sent_at) from messages i
                where i.conversation_id = v.id and i.direction = 'inbound' and i.kind <> 'system' and i.id > coalesce((
                    select o.id from messages o where o.conversation_id = v.id and o.direction = 'outbound' order by o.id desc limit 1),
                    '00000000-0000-0000-0000-000000000000')) end,
            window_closes_at = greatest(v.window_closes_at, (
                select i.sent_at + interval '24 hours' from messages i
                where i.conversation_id = v.id and i.direction = 'inbound' and i.kind <> 'system' order by i.id desc limit 1))
        where v.id in (select conversation_id from legacy_added union select conversation_id from legacy_conversations where fresh)
        """;

    // By this number the nodes see that they missed something, and their screens read anew.
    private const string Tell = """
        update businesses set live_sequence = live_sequence + 1 where id = app.current_business_id()
            and (exists (select from legacy_added) or exists (select from legacy_conversations where fresh))
        """;

    public static IReadOnlyList<LegacyStatement> Statements { get; } =
    [
        new(Lock), new(FindCustomers), new(Begin, Adds: "conversations"), new(FindConversations), new(Merge, Adds: "conversations"),
        new(Messages, Adds: LegacyMessages.Name), new(Summarize), new(Wait), new(Tell, InDryRun: false),
    ];
}
