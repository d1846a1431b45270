using System.Text.Json.Nodes;
using Npgsql;
using Samia.Local.Simulator;

namespace Samia.Local.Up;

/// <summary>A customer with the chat that their phone would still show.</summary>
internal sealed record RememberedPhone(NewPhone Person, IReadOnlyList<ChatMessage> Messages);

/// <summary>
/// Reads from the inbox's database what the customers' phones would remember from before: the simulator keeps all in
/// memory, but phones do not forget when Samia is restarted.
/// </summary>
internal static class RememberedPhones
{
    private const int MaxPhones = 200;
    private const int MaxMessages = 100;

    /// <returns>By <c>phone_number_id</c>, one entry for each business that has a number.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<RememberedPhone>>> ReadAsync(
        InboxProcessOptions inbox, CancellationToken cancellationToken)
    {
        var remembered = new Dictionary<string, IReadOnlyList<RememberedPhone>>();
        await using var platform = NpgsqlDataSource.Create(inbox.PlatformConnection + ";Pooling=false");
        await using var app = NpgsqlDataSource.Create(inbox.AppConnection + ";Pooling=false");
        await using var command = platform.CreateCommand(
            "select id, phone_number_id from businesses where phone_number_id is not null");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            remembered[reader.GetString(1)] = await PhonesOfAsync(app, reader.GetGuid(0), cancellationToken);
        }

        return remembered;
    }

    private static async Task<IReadOnlyList<RememberedPhone>> PhonesOfAsync(
        NpgsqlDataSource app, Guid businessId, CancellationToken cancellationToken)
    {
        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using (var tenant = new NpgsqlCommand("select set_config('app.business_id', $1, false)", connection))
        {
            tenant.Parameters.Add(new() { Value = businessId.ToString() });
            await tenant.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand($"""
            select u.profile_name, u.wa_id, u.bsuid, u.username, c.id, c.unread_count,
                m.wamid, m.direction, m.body, m.payload, m.status, m.sent_at, m.reply_to_wamid, m.customer_reaction,
                m.business_reaction, m.edited_at is not null, m.revoked_at is not null
            from (select * from conversations order by business_id desc, id desc limit {MaxPhones}) c
            join customers u on u.business_id = c.business_id and u.id = c.customer_id
            cross join lateral (
                select * from messages m where m.business_id = c.business_id and m.conversation_id = c.id
                    and m.wamid is not null and m.status <> 'failed' and m.kind <> 'system'
                order by m.id desc limit {MaxMessages}) m
            order by c.id, m.id
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var phones = new Dictionary<Guid, (NewPhone Person, List<ChatMessage> Messages)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var conversation = reader.GetGuid(4);
            if (!phones.TryGetValue(conversation, out var phone))
            {
                var waId = Text(reader, 1);
                phone = (new NewPhone(Text(reader, 0) ?? "", waId, Text(reader, 2), Text(reader, 3), waId is null), []);
                phones[conversation] = phone;
            }

            phone.Messages.Add(Message(reader, isRead: reader.GetInt32(5) == 0));
        }

        return [.. phones.Values.Select(p => new RememberedPhone(p.Person, Ticked(p.Messages)))];
    }

    // What the business has answered it has read, whatever came later.
    private static List<ChatMessage> Ticked(List<ChatMessage> messages)
    {
        var answered = messages.FindLastIndex(m => !m.FromCustomer);
        return [.. messages.Select((m, i) => m.FromCustomer && i < answered ? m with { Status = ChatStatus.Read } : m)];
    }

    private static ChatMessage Message(NpgsqlDataReader reader, bool isRead)
    {
        var payload = Text(reader, 9) is { } json ? JsonNode.Parse(json) as JsonObject : null;
        var type = (string?)payload?["type"] ?? "text";
        var inbound = reader.GetString(7) == "inbound";
        return new ChatMessage
        {
            Id = reader.GetString(6),
            FromCustomer = inbound,
            Type = type,
            Content = payload?[type]?.DeepClone() ?? new JsonObject { ["body"] = reader.GetString(8) },
            At = reader.GetFieldValue<DateTimeOffset>(11),
            Status = inbound
                ? isRead ? ChatStatus.Read : ChatStatus.Delivered
                : reader.GetString(10) switch { "sent" => ChatStatus.Sent, "delivered" => ChatStatus.Delivered, _ => ChatStatus.Read },
            ReplyTo = Text(reader, 12),
            CustomerReaction = Text(reader, 13),
            BusinessReaction = Text(reader, 14),
            Edited = reader.GetBoolean(15),
            Revoked = reader.GetBoolean(16),
        };
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
