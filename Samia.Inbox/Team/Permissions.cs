namespace Samia.Inbox.Team;

/// <summary>What a role may allow, named <c>area.action</c>. The only list; roles store these names.</summary>
public static class Permissions
{
    public const string ViewConversations = "conversations.view_all";
    public const string Reply = "conversations.reply";
    public const string Assign = "conversations.assign";
    public const string Resolve = "conversations.resolve";
    public const string WriteNotes = "notes.write";
    public const string ManageSettings = "settings.manage";
    public const string ViewAudit = "audit.view";

    public static IReadOnlyList<string> All { get; } =
        [ViewConversations, Reply, Assign, Resolve, WriteNotes, ManageSettings, ViewAudit];
}

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
        [Manager] = [.. Permissions.All.Except([Permissions.ManageSettings])],
        [Agent] =
        [
            Permissions.ViewConversations, Permissions.Reply, Permissions.Assign, Permissions.Resolve,
            Permissions.WriteNotes,
        ],
        [Viewer] = [Permissions.ViewConversations],
    };
}
