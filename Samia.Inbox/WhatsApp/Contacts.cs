using System.Text.Json;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.WhatsApp;

/// <summary>Puts together who somebody is from a message and the <c>contacts[]</c> beside it.</summary>
internal static class Contacts
{
    public static CustomerIdentity? SenderOf(JsonElement message, IReadOnlyList<JsonElement> contacts) =>
        Identify(message.Text("from"), message.Text("from_user_id"), message.Text("from_parent_user_id"), contacts);

    /// <summary>An echo is a message of ours: the customer is the one of its two ends that is not our number.</summary>
    public static CustomerIdentity? RecipientOf(JsonElement echo, IReadOnlyList<JsonElement> contacts, string? ourNumber) =>
        IsSame(echo.Text("to"), ourNumber)
            ? SenderOf(echo, contacts)
            : Identify(echo.Text("to"), echo.Text("to_user_id"), echo.Text("to_parent_user_id"), contacts);

    private static CustomerIdentity? Identify(
        string? waId, string? bsuid, string? parentBsuid, IReadOnlyList<JsonElement> contacts)
    {
        waId = waId?.TrimStart('+');
        var contact = contacts.FirstOrDefault(c => IsSame(c.Text("wa_id"), waId) || IsSame(c.Text("user_id"), bsuid));
        if (!contact.Exists && contacts.Count == 1 && Fits(contacts[0], waId, bsuid))
        {
            contact = contacts[0];
        }

        waId ??= contact.Text("wa_id")?.TrimStart('+');
        bsuid ??= contact.Text("user_id");
        return waId is null && bsuid is null
            ? null
            : new CustomerIdentity(waId, bsuid, parentBsuid ?? contact.Text("parent_user_id"),
                contact.Text("profile", "username"), contact.Text("profile", "name"));
    }

    private static bool IsSame(string? a, string? b) => a is not null && a.TrimStart('+') == b;

    // The only contact may be the sender's unless it says otherwise: real bodies come with a contact of somebody else.
    private static bool Fits(JsonElement contact, string? waId, string? bsuid) =>
        (waId is null || contact.Text("wa_id") is null) && (bsuid is null || contact.Text("user_id") is null);
}
