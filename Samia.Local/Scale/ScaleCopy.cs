using Npgsql;
using NpgsqlTypes;

namespace Samia.Local.Scale;

/// <summary>Writes made-up conversations by binary COPY.</summary>
internal static class ScaleCopy
{
    public static void Write(NpgsqlConnection connection, Guid businessId, IReadOnlyList<ScaleConversation> conversations)
    {
        Customers(connection, businessId, conversations);
        Conversations(connection, businessId, conversations);
        Messages(connection, businessId, conversations);
    }

    private static void Customers(
        NpgsqlConnection connection, Guid businessId, IReadOnlyList<ScaleConversation> conversations)
    {
        using var copy = connection.BeginBinaryImport(
            "copy customers (business_id, id, wa_id, profile_name, created_at) from stdin (format binary)");
        foreach (var conversation in conversations)
        {
            copy.StartRow();
            copy.Write(businessId, NpgsqlDbType.Uuid);
            copy.Write(conversation.CustomerId, NpgsqlDbType.Uuid);
            copy.Write(conversation.WaId, NpgsqlDbType.Text);
            copy.Write(conversation.CustomerName, NpgsqlDbType.Text);
            copy.Write(conversation.CreatedAt.UtcDateTime, NpgsqlDbType.TimestampTz);
        }

        copy.Complete();
    }

    private static void Conversations(
        NpgsqlConnection connection, Guid businessId, IReadOnlyList<ScaleConversation> conversations)
    {
        using var copy = connection.BeginBinaryImport("""
            copy conversations (business_id, id, customer_id, customer_name, mode, status, snoozed_until, assignee_id,
                priority, unread_count, last_message_id, last_message_preview, last_message_kind, last_message_direction,
                last_message_status, last_activity_at, waiting_since, window_closes_at, created_at)
            from stdin (format binary)
            """);
        foreach (var conversation in conversations)
        {
            var last = conversation.Messages[^1];
            var lastInbound = conversation.Messages.Last(m => m.IsInbound);
            var waits = last.IsInbound && conversation.Status != "resolved";
            copy.StartRow();
            copy.Write(businessId, NpgsqlDbType.Uuid);
            copy.Write(conversation.Id, NpgsqlDbType.Uuid);
            copy.Write(conversation.CustomerId, NpgsqlDbType.Uuid);
            copy.Write(conversation.CustomerName, NpgsqlDbType.Text);
            copy.Write("human", NpgsqlDbType.Text);
            copy.Write(conversation.Status, NpgsqlDbType.Text);
            Write(copy, conversation.SnoozedUntil);
            if (conversation.AssigneeId is { } assignee)
            {
                copy.Write(assignee, NpgsqlDbType.Uuid);
            }
            else
            {
                copy.WriteNull();
            }

            copy.Write("normal", NpgsqlDbType.Text);
            copy.Write(waits ? 1 : 0, NpgsqlDbType.Integer);
            copy.Write(last.Id, NpgsqlDbType.Uuid);
            copy.Write(last.Body, NpgsqlDbType.Text);
            copy.Write("text", NpgsqlDbType.Text);
            copy.Write(last.IsInbound ? "inbound" : "outbound", NpgsqlDbType.Text);
            copy.Write(last.IsInbound ? "received" : "read", NpgsqlDbType.Text);
            Write(copy, last.SentAt);
            Write(copy, waits ? last.SentAt : null);
            Write(copy, lastInbound.SentAt.AddHours(24));
            Write(copy, conversation.CreatedAt);
        }

        copy.Complete();
    }

    private static void Messages(
        NpgsqlConnection connection, Guid businessId, IReadOnlyList<ScaleConversation> conversations)
    {
        using var copy = connection.BeginBinaryImport("""
            copy messages (business_id, id, conversation_id, direction, author, employee_id, kind, body, wamid, status,
                sent_at, delivered_at, read_at)
            from stdin (format binary)
            """);
        foreach (var conversation in conversations)
        {
            foreach (var message in conversation.Messages)
            {
                copy.StartRow();
                copy.Write(businessId, NpgsqlDbType.Uuid);
                copy.Write(message.Id, NpgsqlDbType.Uuid);
                copy.Write(conversation.Id, NpgsqlDbType.Uuid);
                copy.Write(message.IsInbound ? "inbound" : "outbound", NpgsqlDbType.Text);
                copy.Write(message.IsInbound ? "customer" : "employee", NpgsqlDbType.Text);
                if (message.IsInbound)
                {
                    copy.WriteNull();
                }
                else
                {
                    copy.Write(conversation.EmployeeId, NpgsqlDbType.Uuid);
                }

                copy.Write("text", NpgsqlDbType.Text);
                copy.Write(message.Body, NpgsqlDbType.Text);
                copy.Write(message.Wamid, NpgsqlDbType.Text);
                copy.Write(message.IsInbound ? "received" : "read", NpgsqlDbType.Text);
                Write(copy, message.SentAt);
                Write(copy, message.IsInbound ? null : message.SentAt.AddSeconds(2));
                Write(copy, message.IsInbound ? null : message.SentAt.AddSeconds(30));
            }
        }

        copy.Complete();
    }

    private static void Write(NpgsqlBinaryImporter copy, DateTimeOffset? at)
    {
        if (at is { } time)
        {
            copy.Write(time.UtcDateTime, NpgsqlDbType.TimestampTz);
        }
        else
        {
            copy.WriteNull();
        }
    }
}
