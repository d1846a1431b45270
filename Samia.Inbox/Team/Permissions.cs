using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Team;

/// <summary>What a role or an API token may allow.</summary>
/// <param name="Name"><c>area.action</c>, as roles store it.</param>
/// <param name="Sentence">What it allows, for people to read.</param>
public sealed record Permission(string Name, Func<IStringLocalizer<Texts>, string> Sentence)
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
        new(ViewConversations, L => L["See every conversation of the business."]),
        new(ViewAssigned, L => L["See the conversations that are assigned to them or to their teams."]),
        new(Reply, L => L["Write to customers."]),
        new(Assign, L => L["Assign conversations to colleagues."]),
        new(Resolve, L => L["Resolve, reopen and snooze conversations."]),
        new(DeleteConversations, L => L["Delete a conversation with everything that was said in it."]),
        new(WriteNotes, L => L["Write internal notes, which customers never see."]),
        new(ViewCustomers, L => L["See customers and their details."]),
        new(EditCustomers, L => L["Change customers' details, merge and block them."]),
        new(ManageLabels, L => L["Create, change and delete labels."]),
        new(ManageCanned, L => L["Create, change and delete canned responses for everybody."]),
        new(ManagePrompts, L => L["Change what the AI assistant is told."]),
        new(ManageBookings, L => L["Create and change bookings and services."]),
        new(ManageTeam, L => L["Invite, change and deactivate employees, and manage teams."]),
        new(ManageRoles, L => L["Create roles and change what they allow."]),
        new(ViewAnalytics, L => L["See reports on conversations and colleagues."]),
        new(ViewAudit, L => L["See who did what in the activity log, and export it."]),
        new(ViewBilling, L => L["See the plan and how much of it is used."]),
        new(ManageBilling, L => L["Change the plan and how it is paid."]),
        new(ManageSettings, L => L["Change the business's settings and its WhatsApp connection."]),
        new(ManageApi, L => L["Create API tokens and outgoing webhooks."]),
        new(ExportData, L => L["Export all of the business's data."]),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Catalogue.Select(p => p.Name)];

    /// <summary>The name of a policy that is content with either: to see conversations, all of them or one's own.</summary>
    public const string ViewSomeConversations = ViewConversations + "|" + ViewAssigned;

    /// <exception cref="KeyNotFoundException">There is no such permission.</exception>
    public static Permission Of(string name) =>
        Catalogue.FirstOrDefault(p => p.Name == name) ?? throw new KeyNotFoundException($"There is no permission '{name}'.");

    /// <summary>
    /// What remains of a role, a token or a visit while the business is suspended: to look, to work on what there is
    /// among colleagues, and to pay. Neither to speak nor to change how the business is set up.
    /// </summary>
    public static IReadOnlyList<string> WhileSuspended { get; } =
    [
        ViewConversations, ViewAssigned, Assign, Resolve, WriteNotes, ViewCustomers, EditCustomers, ViewAnalytics, ViewAudit,
        ViewBilling, ManageBilling, ExportData,
    ];

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
