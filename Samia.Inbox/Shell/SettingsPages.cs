using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using MudBlazor;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>An entry of the settings.</summary>
/// <param name="Href">The route of its page.</param>
/// <param name="Permission">Who needs to see it; null for everybody.</param>
/// <param name="IsOfBusiness">Whether it is for somebody in a business, and not for every person.</param>
public sealed record SettingsPage(
    string Href, Func<IStringLocalizer<Texts>, string> Name, string Icon, string? Permission, bool IsOfBusiness = true);

/// <summary>Entries under one heading.</summary>
public sealed record SettingsGroup(Func<IStringLocalizer<Texts>, string> Name, IReadOnlyList<SettingsPage> Pages);

/// <summary>What the settings consist of, in the order in which people see it. A page of another room adds its line here.</summary>
public static class SettingsPages
{
    private static readonly SettingsGroup[] All =
    [
        new(L => L["Business"],
        [
            new("/settings/whatsapp", L => L["WhatsApp connection"], Icons.Custom.Brands.WhatsApp, Permissions.ManageSettings),
            new("/settings/ai", L => L["AI assistant"], Icons.Material.Rounded.AutoAwesome, Permissions.ManageSettings),
            new("/settings/usage", L => L["Plan and usage"], Icons.Material.Rounded.DonutLarge, Permissions.ViewBilling),
            new("/settings/billing", L => L["Payment"], Icons.Material.Rounded.CreditCard, Permissions.ViewBilling),
            new("/settings/activity", L => L["Activity log"], Icons.Material.Rounded.History, Permissions.ViewAudit),
            new("/settings/webhooks", L => L["Webhooks that failed"], Icons.Material.Rounded.SyncProblem, Permissions.ManageSettings),
        ]),
        new(L => L["Team"],
        [
            new("/settings/team", L => L["Employees"], Icons.Material.Rounded.Badge, Permissions.ManageTeam),
            new("/settings/teams", L => L["Teams"], Icons.Material.Rounded.Groups, Permissions.ManageTeam),
            new("/settings/roles", L => L["Roles"], Icons.Material.Rounded.AdminPanelSettings, Permissions.ManageRoles),
        ]),
        new(L => L["Connect"],
        [
            new("/settings/api-tokens", L => L["API tokens"], Icons.Material.Rounded.Key, Permissions.ManageApi),
            new("/settings/outgoing-webhooks", L => L["Outgoing webhooks"], Icons.Material.Rounded.Webhook, Permissions.ManageApi),
        ]),
        new(L => L["You"],
        [
            new("/settings/profile", L => L["Your profile"], Icons.Material.Rounded.Badge, null),
            new("/account", L => L["Your account"], Icons.Material.Rounded.AccountCircle, null, IsOfBusiness: false),
            new("/settings/appearance", L => L["Language and colours"], Icons.Material.Rounded.Palette, null, IsOfBusiness: false),
        ]),
    ];

    // A room may be built after its line was written: nobody is led to a page that is not there.
    private static readonly SettingsGroup[] Built = Without(All, page => !Routes().Contains(page.Href));

    /// <summary>What is open to somebody who has not entered a business.</summary>
    public static IReadOnlyList<SettingsGroup> OfPerson { get; } = Without(Built, page => page.IsOfBusiness);

    /// <summary>The groups that hold something for whoever has the permissions.</summary>
    public static IReadOnlyList<SettingsGroup> OpenTo(IReadOnlyCollection<string> permissions) =>
        Without(Built, page => page.Permission is not null && !permissions.Contains(page.Permission));

    /// <summary>Whether an address is within the settings: without its first slash and its query.</summary>
    public static bool Cover(string path) => path == "settings" || path.StartsWith("settings/", StringComparison.Ordinal)
        || Built.Any(group => group.Pages.Any(page => "/" + path == page.Href));

    private static SettingsGroup[] Without(SettingsGroup[] groups, Func<SettingsPage, bool> leaveOut) =>
        [.. groups.Select(g => g with { Pages = [.. g.Pages.Where(p => !leaveOut(p))] }).Where(g => g.Pages.Count > 0)];

    private static HashSet<string> Routes() => [.. typeof(SettingsPages).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template)];
}
