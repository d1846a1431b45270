using System.Security.Claims;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>One active place of a person in one business, as signing in needs it.</summary>
public sealed record Employment
{
    public required Guid UserId { get; init; }
    public required string SecurityStamp { get; init; }
    public required Guid BusinessId { get; init; }
    public required string BusinessName { get; init; }
    public required BusinessStatus BusinessStatus { get; init; }
    public required Guid EmployeeId { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }

    /// <summary>What the sign-in cookie says of it.</summary>
    /// <param name="sessionId">One of <see cref="OpenSessions"/>.</param>
    public ClaimsPrincipal ToPrincipal(Guid sessionId) => new(new ClaimsIdentity(
    [
        new(ClaimTypes.NameIdentifier, UserId.ToString()),
        new(ClaimTypes.Name, Name),
        new(SignedInEmployee.BusinessClaim, BusinessId.ToString()),
        new(SignedInEmployee.EmployeeClaim, EmployeeId.ToString()),
        new(SignedInEmployee.BusinessNameClaim, BusinessName),
        new(SignedInEmployee.RoleClaim, Role),
        new(SignedInEmployee.StampClaim, SecurityStamp),
        new(SignedInEmployee.SessionClaim, sessionId.ToString()),
    ], SignInCookie.Scheme));
}
