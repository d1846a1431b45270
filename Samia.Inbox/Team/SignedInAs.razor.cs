using System.Security.Claims;

namespace Samia.Inbox.Team;

/// <summary>Says as whom, and for which business, this screen acts.</summary>
public sealed partial class SignedInAs
{
    private static string Title(ClaimsPrincipal user) => $"{user.Identity!.Name}, {user.RoleName}, {user.BusinessName}";

    private static string Initials(ClaimsPrincipal user) => NameInitials.Of(user.Identity!.Name ?? "");
}
