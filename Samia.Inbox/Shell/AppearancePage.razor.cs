using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Samia.Inbox.Shell;

/// <summary>Where a person chooses how Samia looks and speaks to them.</summary>
public sealed partial class AppearancePage
{
    [CascadingParameter]
    public required Look Look { get; set; }

    private string NameOf(Theme theme) => theme switch
    {
        Theme.Light => L["Light"],
        Theme.Dark => L["Dark"],
        _ => L["As this device"],
    };

    private static string IconOf(Theme theme) => theme switch
    {
        Theme.Light => Icons.Material.Rounded.LightMode,
        Theme.Dark => Icons.Material.Rounded.DarkMode,
        _ => Icons.Material.Rounded.Contrast,
    };

    private static string Pressed(bool isCurrent) => isCurrent ? "true" : "false";
}
