using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>The roles that every business starts with.</summary>
public static class SeededRoles
{
    public const string Admin = "Admin";
    public const string Manager = "Manager";
    public const string Agent = "Agent";
    public const string Viewer = "Viewer";

    /// <summary>What they are for, to be said in the language of whoever looks.</summary>
    public static IReadOnlyDictionary<string, string> Purposes { get; } = new Dictionary<string, string>
    {
        [Admin] = Text.Key("May do everything, always."),
        [Manager] = Text.Key("Leads the daily work, and sees how it goes."),
        [Agent] = Text.Key("Answers customers."),
        [Viewer] = Text.Key("Looks on and changes nothing."),
    };

    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        [Admin] = [.. Permissions.All],
        [Manager] =
        [
            Permissions.ViewConversations, Permissions.Reply, Permissions.Assign, Permissions.Resolve, Permissions.WriteNotes,
            Permissions.ViewCustomers, Permissions.EditCustomers, Permissions.ManageLabels, Permissions.ManageCanned,
            Permissions.ManagePrompts, Permissions.ManageBookings, Permissions.ManageTeam, Permissions.ViewAnalytics,
            Permissions.ViewAudit,
        ],
        [Agent] =
        [
            Permissions.ViewConversations, Permissions.Reply, Permissions.Assign, Permissions.Resolve,
            Permissions.WriteNotes, Permissions.ViewCustomers, Permissions.EditCustomers, Permissions.ManageBookings,
        ],
        [Viewer] = [Permissions.ViewConversations, Permissions.ViewCustomers],
    };

    /// <summary>The Admin role allows everything, what a later version adds too, whatever is stored of it.</summary>
    public static bool AllowsAll(Role role) => role is { IsSeeded: true, Name: Admin };

    /// <summary>What a role allows now.</summary>
    public static IReadOnlyList<string> PermissionsOf(Role role) => AllowsAll(role) ? Permissions.All : role.Permissions;
}
