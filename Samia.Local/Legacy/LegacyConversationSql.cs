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
        where s.conversation_id is not null and (select x.id from messages x where x.id = m.id) is null
        """;

    private const string FindCustomers = """
        update legacy_conversations s set customer_id = (select c.id from customers c where c.wa_id = s.wa_id),
            fresh = (select v.id from conversations v where v.id = s.id) is null
                and (select m.id from merged_conversations m where m.id = s.id) is null
        """;

    private const string Begin = """
        insert into conversations (business_id, id, customer_id, customer_name, mode, status, priority, unread_count,
            last_message_preview, last_activity_at, created_at)
        select distinct on (c.id) app.current_business_id(), s.id, c.id,
            coalesce(nullif(btrim(c.name), ''), nullif(btrim(c.profile_name), ''), '@' || nullif(btrim(c.username), ''), '+' || c.wa_id),
            s.mode, s.status, 'normal', 0, '', coalesce(s.last_at, s.created_at), s.created_at
        from legacy_conversations s cross join lateral (select * from customers where id = s.customer_id offset 0) c
        where s.fresh and (select v.id from conversations v where v.customer_id = s.customer_id) is null
        order by c.id, s.place
        on conflict do nothing
        """;

    // Locked as for every message that is added, so that what arrives meanwhile waits.
    private const string FindConversations = """
        update legacy_conversations s set conversation_id = (select v.id from conversations v where v.customer_id = s.customer_id for update)
        """;

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
        do $$ declare
            ranks constant text[] := array['resolved', 'snoozed', 'pending', 'open'];
            x record;
        begin
            for x in
                select coalesce(s.id, n.id) as conversation_id, s.unread, s.created_at, s.rank, n.*
                from (select conversation_id as id, sum(unread)::integer as unread, min(created_at) as created_at,
                        max(array_position(ranks, status)) as rank
                    from legacy_conversations where fresh and conversation_id is not null group by conversation_id) s
                full join (select distinct on (a.conversation_id) a.conversation_id as id, m.id as message_id, m.preview, m.kind,
                        m.direction, m.status, m.sent_at
                    from legacy_added a join legacy_messages m on m.id = a.id
                    where m.kind <> 'system' order by a.conversation_id, m.id desc) n on n.id = s.id
            loop
                update conversations set
                    unread_count = unread_count + coalesce(x.unread, 0),
                    created_at = least(created_at, x.created_at),
                    last_activity_at = greatest(last_activity_at, x.sent_at),
                    snoozed_until = case when x.rank > array_position(ranks, status) then null else snoozed_until end,
                    status = case when x.rank > array_position(ranks, status) then ranks[x.rank] else status end
                where id = x.conversation_id;
                update conversations set last_message_id = x.message_id, last_message_preview = x.preview, last_message_kind = x.kind,
                    last_message_direction = x.direction, last_message_status = x.status
                where id = x.conversation_id and (last_message_id is null or last_message_id < x.message_id) and x.message_id is not null;
                update conversations v set
                    waiting_since = case when v.status <> 'resolved' then (
                        select min(i.sent_at) from messages i
                        where i.conversation_id = x.conversation_id and i.direction = 'inbound' and i.kind <> 'system' and i.id > coalesce((
                            select o.id from messages o where o.conversation_id = x.conversation_id and o.direction = 'outbound'
                            order by o.id desc limit 1), '00000000-0000-0000-0000-000000000000')) end,
                    window_closes_at = greatest(v.window_closes_at, (
                        select i.sent_at + interval '24 hours' from messages i
                        where i.conversation_id = x.conversation_id and i.direction = 'inbound' and i.kind <> 'system'
                        order by i.id desc limit 1))
                where v.id = x.conversation_id;
            end loop;
        end $$
        """;

    // By this number the nodes see that they missed something, and their screens read anew.
    private const string Tell = """
        update businesses set live_sequence = live_sequence + 1 where id = app.current_business_id()
            and (exists (select from legacy_added) or exists (select from legacy_conversations where fresh))
        """;

    public static IReadOnlyList<LegacyStatement> Statements { get; } =
    [
        new(FindCustomers), new(Begin, Adds: "conversations"), new(FindConversations), new(Merge, Adds: "conversations"),
        new(Messages, Adds: LegacyMessages.Name), new(Summarize), new(Tell, InDryRun: false),
    ];
}
