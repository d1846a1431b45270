namespace Samia.Inbox.Team;

/// <summary>The roles that every business starts with.</summary>
public static class SeededRoles
{
    public const string Admin = "Admin";
    public const string Manager = "Manager";
    public const string Agent = "Agent";
    public const string Viewer = "Viewer";

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
}
