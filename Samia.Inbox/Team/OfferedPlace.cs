namespace Samia.Inbox.Team;

/// <summary>What an invitation that can be accepted offers.</summary>
/// <param name="Email">To whom.</param>
/// <param name="Name">As which colleagues would know them, unless they say otherwise.</param>
/// <param name="InvitedBy">Null where nobody in the business did.</param>
public sealed record OfferedPlace(
    Guid BusinessId, string BusinessName, Guid InvitationId, string Email, string Name, string RoleName, string? InvitedBy);

/// <summary>What the link of an invitation leads to: a place, or a sentence that says why it leads nowhere.</summary>
public sealed record Offer(OfferedPlace? Place, string? Problem);
