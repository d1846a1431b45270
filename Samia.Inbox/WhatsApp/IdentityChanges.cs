using System.Text.Json;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Reads that a customer's number or business-scoped id changed ("System messages webhook reference":
/// <c>user_changed_number</c>, <c>user_changed_user_id</c>).
/// </summary>
internal static class IdentityChanges
{
    public static IdentityChange? OfSystem(JsonElement message, CustomerIdentity sender)
    {
        var system = message.At("system");
        if (system.Text("type") is not ("user_changed_number" or "customer_changed_number" or "user_changed_user_id"))
        {
            return null;
        }

        var old = sender with
        {
            WaId = system.Text("customer") ?? sender.WaId,
            Bsuid = system.Text("previous_user_id") ?? sender.Bsuid,
        };
        return Of(old, system.Text("wa_id") ?? system.Text("new_wa_id"),
            system.Text("user_id") ?? system.Text("new_user_id"), system.Text("parent_user_id"));
    }

    /// <summary>The field <c>user_id_update</c>, which names the ids in more than one way.</summary>
    public static IdentityChange? OfUpdate(JsonElement update)
    {
        var previous = update.Text("previous_user_id") ?? update.Text("old_user_id")
            ?? update.Text("user_id", "previous") ?? update.Text("user_id", "old");
        var current = update.Text("current_user_id") ?? update.Text("new_user_id")
            ?? update.Text("user_id", "current") ?? update.Text("user_id", "new") ?? update.Text("user_id");
        var waId = update.Text("wa_id");
        return previous is null && waId is null
            ? null
            : Of(new CustomerIdentity(waId, previous), null, current, update.Text("parent_user_id", "current"));
    }

    private static IdentityChange? Of(CustomerIdentity old, string? newWaId, string? newBsuid, string? newParentBsuid) =>
        (old.WaId ?? old.Bsuid) is null || (newWaId ?? newBsuid) is null
            ? null
            : new IdentityChange(old, newWaId?.TrimStart('+'), newBsuid, newParentBsuid);
}
