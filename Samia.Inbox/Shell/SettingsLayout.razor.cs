using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>
/// What surrounds every page of the settings: their menu beside it, or on a phone a way back to the menu, which is a
/// page there.
/// </summary>
public sealed partial class SettingsLayout
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool IsHome => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0] == "settings";
}
