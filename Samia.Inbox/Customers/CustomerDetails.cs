using System.Text.Json.Nodes;
using Samia.Data;

namespace Samia.Inbox.Customers;

/// <summary>A customer as the business knows them.</summary>
/// <param name="Phone">The number, digits without a plus; null if it is not known.</param>
/// <param name="WhatsAppUserId">The business-scoped user id; null if it is not known.</param>
/// <param name="DisplayName">What screens call this person.</param>
/// <param name="ProfileName">What the person calls themselves.</param>
/// <param name="Name">What the business calls this person; goes before what WhatsApp says.</param>
/// <param name="Language">A BCP 47 tag.</param>
/// <param name="Attributes">The business's own fields.</param>
public sealed record CustomerDetails(
    Guid Id, string? Phone, string? WhatsAppUserId, string? Username, string DisplayName, string? ProfileName, string? Name,
    string? Email, string? Language, JsonObject Attributes, DateTimeOffset? BlockedAt, DateTimeOffset CreatedAt)
{
    internal static CustomerDetails Of(Customer customer) => new(
        customer.Id, customer.WaId, customer.Bsuid, customer.Username, customer.DisplayName, customer.ProfileName, customer.Name,
        customer.Email, customer.Language, JsonNode.Parse(customer.Attributes)!.AsObject(), customer.BlockedAt, customer.CreatedAt);
}

/// <summary>What the business may say of a customer.</summary>
/// <param name="Language">A BCP 47 tag.</param>
/// <param name="Attributes">Replaces all that there were.</param>
public sealed record CustomerContent(string? Name, string? Email, string? Language, JsonObject Attributes);

/// <summary>Which customers; all that is null is no condition.</summary>
/// <param name="Search">Part of a name, a username, an e-mail address or a number.</param>
/// <param name="Phone">A number, in whichever way it is written.</param>
public sealed record CustomerSearchQuery(string? Search = null, string? Phone = null);
