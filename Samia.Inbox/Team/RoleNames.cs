using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Team;

/// <summary>How screens name a role.</summary>
public static class RoleNames
{
    extension(IStringLocalizer<Texts> L)
    {
        /// <summary>The seeded roles in the person's language; a business's own roles as it wrote them.</summary>
        public string RoleName(string? role) => role switch
        {
            SeededRoles.Admin => L["Admin"],
            SeededRoles.Manager => L["Manager"],
            SeededRoles.Agent => L["Agent"],
            SeededRoles.Viewer => L["Viewer"],
            _ => role ?? "",
        };
    }
}
