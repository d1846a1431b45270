using System.Text.Json;
using System.Text.Json.Nodes;
using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>What an event does to the message it refers to. Each may come twice and in any order.</summary>
internal static class MessageChanges
{
    public static void Apply(Message message, IntakeEvent change)
    {
        switch (change)
        {
            case StatusUpdate status:
                ApplyStatus(message, status);
                break;
            case Revision { Kind: RevisionKind.Reaction } reaction:
                ApplyReaction(message, reaction);
                break;
            case Revision { Kind: RevisionKind.Edit } edit:
                ApplyEdit(message, edit);
                break;
            case Revision { Kind: RevisionKind.Revoke } revoke:
                message.RevokedAt ??= revoke.At;
                break;
        }
    }

    private static void ApplyStatus(Message message, StatusUpdate update)
    {
        if (update.Status == "deleted")
        {
            message.RevokedAt ??= update.At;
            return;
        }

        // A warning and whatever else WhatsApp may add say nothing about where the message is.
        if (!Enum.TryParse<MessageStatus>(update.Status, ignoreCase: true, out var status)
            || status is MessageStatus.Received or MessageStatus.Queued || !Enum.IsDefined(status))
        {
            return;
        }

        if (status == MessageStatus.Delivered)
        {
            message.DeliveredAt ??= update.At;
        }

        if (status is MessageStatus.Read or MessageStatus.Played)
        {
            message.ReadAt ??= update.At;
        }

        if (message.Status.MayBecome(status))
        {
            message.Status = status;
            (message.ErrorCode, message.ErrorText) =
                status == MessageStatus.Failed ? (update.ErrorCode, update.ErrorText) : (null, null);
        }
    }

    private static void ApplyReaction(Message message, Revision reaction)
    {
        if (reaction.ByBusiness)
        {
            message.BusinessReaction = reaction.Emoji;
        }
        else if (message.CustomerReactedAt is not { } last || reaction.At >= last)
        {
            (message.CustomerReaction, message.CustomerReactedAt) = (reaction.Emoji, reaction.At);
        }
    }

    private static void ApplyEdit(Message message, Revision edit)
    {
        var versions = message.Versions is null ? [] : JsonNode.Parse(message.Versions)!.AsArray();
        if (versions.Any(v => (string?)v!["wamid"] == edit.Wamid))
        {
            return;
        }

        // An edit that comes after a later one is history already.
        var isLatest = message.EditedAt is not { } last || edit.At >= last;
        var (body, payload) = isLatest ? (message.Body, message.Payload) : (edit.Body, edit.Payload);
        versions.Add(new JsonObject
        {
            ["wamid"] = edit.Wamid,
            ["at"] = edit.At,
            ["body"] = body,
            ["payload"] = payload is null ? null : JsonNode.Parse(payload),
        });
        message.Versions = versions.ToJsonString(JsonSerializerOptions.Web);
        if (isLatest)
        {
            (message.Body, message.Payload, message.EditedAt) = (edit.Body, edit.Payload ?? message.Payload, edit.At);
        }
    }
}
