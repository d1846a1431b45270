using System.Text.Json;
using System.Text.Json.Nodes;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Local.Transfer;

namespace Samia.Local.Legacy;

/// <summary>What the messages of one conversation tell about it.</summary>
/// <param name="Inbound">How many the customer wrote.</param>
internal sealed record LegacySaid(DateTimeOffset? First, DateTimeOffset? Last, int Inbound)
{
    public static readonly LegacySaid Nothing = new(null, null, 0);
}

/// <summary>The messages within an old conversation: objects of a JSON array, the oldest first.</summary>
internal static class LegacyMessages
{
    public const string Name = "messages";

    public static readonly LegacyStage Stage = new("legacy_messages",
        ["key text", "id uuid", "source_id uuid", "direction text", "author text", "employee text", "kind text", "body text", "preview text",
            "payload text", "wamid text", "status text", "error_text text", "sent_at timestamptz"]);

    public static LegacySaid Read(
        JsonElement messages, LegacyTaking taking, Guid conversationId, DateTimeOffset? createdAt, LegacyContext context)
    {
        var (said, seen, place) = (LegacySaid.Nothing, new HashSet<string>(StringComparer.Ordinal), -1);
        var time = FirstTime(messages, createdAt, context);
        foreach (var element in messages.EnumerateArray())
        {
            place++;
            var message = new LegacyMessage(element);
            var key = $"{taking.Key}#{place}";
            time = message.SentAt(context) ?? time;
            var refusal = message.Refusal ?? (time is null ? "neither it nor its conversation says when it was" : null);
            if (refusal is null && message.Id is { } known && !seen.Add(known))
            {
                refusal = "its conversation has it twice";
            }

            if (refusal is not null)
            {
                taking.RefusePart(new LegacyRefusal(Name, key, refusal));
                continue;
            }

            Add(message, taking, key, conversationId, time!.Value, place, context);
            said = new LegacySaid(said.First < time ? said.First : time, said.Last > time ? said.Last : time,
                said.Inbound + (message.Author == MessageAuthor.Customer ? 1 : 0));
        }

        return said;
    }

    private static void Add(
        LegacyMessage message, LegacyTaking taking, string key, Guid conversationId, DateTimeOffset sentAt, int place, LegacyContext context)
    {
        var isInbound = message.Author is MessageAuthor.Customer or MessageAuthor.System;
        var status = isInbound ? MessageStatus.Received : message.Status;
        taking.Part(Stage, key, context.IdOf(Name, $"{taking.Key}\n{message.Id ?? "#" + place}", sentAt, place), conversationId,
            StoredEnum.NameOf(isInbound ? MessageDirection.Inbound : MessageDirection.Outbound), StoredEnum.NameOf(message.Author!.Value),
            message.Author == MessageAuthor.Employee ? message.Employee : null, StoredEnum.NameOf(message.Kind), message.Body,
            MessagePreview.Of(message.Body), PayloadOf(message), message.Id?.StartsWith("wamid.", StringComparison.Ordinal) == true ? message.Id : null,
            StoredEnum.NameOf(status), !isInbound && message.WasWaiting ? BusinessImport.NotSent : null, sentAt);
    }

    // A message without a time was said when the one before it was; the first, when the conversation began.
    private static DateTimeOffset? FirstTime(JsonElement messages, DateTimeOffset? createdAt, LegacyContext context)
    {
        var told = messages.EnumerateArray().Select(m => new LegacyMessage(m).SentAt(context)).FirstOrDefault(t => t is not null);
        return told is null || createdAt < told ? createdAt : told;
    }

    // The shape of the Cloud API's message object, as every other message here has it.
    private static string? PayloadOf(LegacyMessage message)
    {
        if (message.Link is null)
        {
            return null;
        }

        var type = StoredEnum.NameOf(message.Kind);
        return new JsonObject
        {
            ["type"] = type,
            [type] = new JsonObject { ["link"] = message.Link, ["mime_type"] = message.MimeType, ["filename"] = message.FileName },
        }.ToJsonString();
    }
}
