namespace Samia.Inbox.Team;

/// <summary>What a role or an API token may allow.</summary>
/// <param name="Name"><c>area.action</c>, as roles store it.</param>
/// <param name="Sentence">What it allows, for people to read.</param>
public sealed record Permission(string Name, string Sentence)
{
    public string Area => Name[..Name.IndexOf('.')];
}

/// <summary>The one list of permissions. Services, endpoints, the hub and components all ask <see cref="PermissionChecker"/>.</summary>
public static class Permissions
{
    public const string ViewConversations = "conversations.view_all";
    public const string ViewAssigned = "conversations.view_assigned";
    public const string Reply = "conversations.reply";
    public const string Assign = "conversations.assign";
    public const string Resolve = "conversations.resolve";
    public const string DeleteConversations = "conversations.delete";
    public const string WriteNotes = "notes.write";
    public const string ViewCustomers = "customers.view";
    public const string EditCustomers = "customers.edit";
    public const string ManageLabels = "labels.manage";
    public const string ManageCanned = "canned.manage";
    public const string ManagePrompts = "prompts.manage";
    public const string ManageBookings = "bookings.manage";
    public const string ManageTeam = "team.manage";
    public const string ManageRoles = "roles.manage";
    public const string ViewAnalytics = "analytics.view";
    public const string ViewAudit = "audit.view";
    public const string ViewBilling = "billing.view";
    public const string ManageBilling = "billing.manage";
    public const string ManageSettings = "settings.manage";
    public const string ManageApi = "api.manage";
    public const string ExportData = "data.export";

    /// <summary>In the order in which people see them.</summary>
    public static IReadOnlyList<Permission> Catalogue { get; } =
    [
        new(ViewConversations, "See every conversation of the business."),
        new(ViewAssigned, "See the conversations that are assigned to them or to their teams."),
        new(Reply, "Write to customers."),
        new(Assign, "Assign conversations to colleagues."),
        new(Resolve, "Resolve, reopen and snooze conversations."),
        new(DeleteConversations, "Delete a conversation with everything that was said in it."),
        new(WriteNotes, "Write internal notes, which customers never see."),
        new(ViewCustomers, "See customers and their details."),
        new(EditCustomers, "Change customers' details, merge and block them."),
        new(ManageLabels, "Create, change and delete labels."),
        new(ManageCanned, "Create, change and delete canned responses for everybody."),
        new(ManagePrompts, "Change what the AI assistant is told."),
        new(ManageBookings, "Create and change bookings and services."),
        new(ManageTeam, "Invite, change and deactivate employees, and manage teams."),
        new(ManageRoles, "Create roles and change what they allow."),
        new(ViewAnalytics, "See reports on conversations and colleagues."),
        new(ViewAudit, "See who did what in the activity log, and export it."),
        new(ViewBilling, "See the plan and how much of it is used."),
        new(ManageBilling, "Change the plan and how it is paid."),
        new(ManageSettings, "Change the business's settings and its WhatsApp connection."),
        new(ManageApi, "Create API tokens and outgoing webhooks."),
        new(ExportData, "Export all of the business's data."),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Catalogue.Select(p => p.Name)];

    /// <summary>
    /// What somebody of the platform may do within a business while they visit it for support: look and repair, but
    /// neither speak for it nor take its data along.
    /// </summary>
    public static IReadOnlyList<string> OfSupport { get; } =
    [
        ViewConversations, ViewCustomers, ManageLabels, ManageCanned, ManagePrompts, ManageTeam, ViewAnalytics, ViewAudit,
        ViewBilling, ManageSettings,
    ];
}
