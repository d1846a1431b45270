using System.Text.Json;
using Samia.Data;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.WhatsApp;

/// <summary>Reads the messages that change an earlier one.</summary>
internal static class Revisions
{
    /// <returns>Null if the message is one of its own, or does not say which it changes.</returns>
    public static Revision? Of(
        JsonElement message, CustomerIdentity customer, MessageAuthor author, string wamid, DateTimeOffset at)
    {
        var byBusiness = author != MessageAuthor.Customer;
        switch (message.Text("type"))
        {
            case "reaction" when message.Text("reaction", "message_id") is { } target:
                return new(customer, RevisionKind.Reaction, byBusiness, target, wamid, at,
                    message.Text("reaction", "emoji"), "", null);

            case "edit" when message.Text("edit", "original_message_id") is { } target:
                var edited = message.At("edit", "message");
                return new(customer, RevisionKind.Edit, byBusiness, target, wamid, at, null,
                    MessageContent.Read(edited).Body, edited.Exists ? edited.RawForJsonb : null);

            case "revoke" when message.Text("revoke", "original_message_id") is { } target:
                return new(customer, RevisionKind.Revoke, byBusiness, target, wamid, at, null, "", null);

            default:
                return null;
        }
    }
}
