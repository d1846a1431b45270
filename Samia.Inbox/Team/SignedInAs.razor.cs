using System.Security.Claims;

namespace Samia.Inbox.Team;

/// <summary>Says as whom, and for which business, this screen acts.</summary>
public sealed partial class SignedInAs
{
    private string Title(ClaimsPrincipal user) =>
        L["{0}, {1}, {2}", user.Identity!.Name ?? "", L.RoleName(user.RoleName), user.BusinessName ?? ""];
}
