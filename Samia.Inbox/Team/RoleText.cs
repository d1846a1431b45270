using Microsoft.Extensions.Localization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>What screens say of a role.</summary>
public static class RoleText
{
    extension(IStringLocalizer<Texts> L)
    {
        /// <summary>The business's own words, or what a seeded role is for; empty for one that nobody has described.</summary>
        public string RoleDescription(RoleSummary role) => role is { Description: "", IsSeeded: true }
            && SeededRoles.Purposes.TryGetValue(role.Name, out var purpose) ? L.Say(purpose) : role.Description;

        public string PeopleCount(int count) => count switch
        {
            0 => L["Nobody"],
            1 => L["One person"],
            _ => L["{0} people", count],
        };

        /// <summary>Why whoever holds these cannot change whether the role allows the permission; null if they can.</summary>
        public string? WhyFixed(RoleSummary role, string permission, IReadOnlyCollection<string> held) =>
            role.IsFixed ? L["The Admin role always allows everything."].Value
            : held.Contains(permission) ? null
            : L["Your own role does not allow it, so you can neither give nor take it."].Value;
    }
}
