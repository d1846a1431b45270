using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Team;

/// <summary>How screens head the permissions of an area, which is the first half of their names.</summary>
public static class PermissionAreas
{
    extension(IStringLocalizer<Texts> L)
    {
        /// <exception cref="KeyNotFoundException">No permission is of this area.</exception>
        public string AreaName(string area) => area switch
        {
            "conversations" => L["Conversations"],
            "notes" => L["Internal notes"],
            "customers" => L["Customers"],
            "labels" => L["Labels"],
            "canned" => L["Canned responses"],
            "prompts" => L["AI assistant"],
            "bookings" => L["Bookings and services"],
            "team" => L["Employees and teams"],
            "roles" => L["Roles"],
            "analytics" => L["Reports"],
            "audit" => L["Activity log"],
            "billing" => L["Plan and payment"],
            "settings" => L["Settings of the business"],
            "api" => L["Programs"],
            "data" => L["Data"],
            _ => throw new KeyNotFoundException($"There is no area '{area}'."),
        };
    }
}
