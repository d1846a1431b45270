using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Shell;

/// <summary>What surrounds every page of somebody who is signed in: the operator's look like no business's.</summary>
public sealed partial class MainLayout
{
    private MudThemeProvider? _theme;
    private bool _dark;

    [CascadingParameter]
    public required Look Look { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private bool IsPlatform => PlatformRail.Covers(Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0]);

    protected override void OnInitialized() => _dark = Look.IsDark;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && Look.Theme == Theme.System && await _theme!.GetSystemDarkModeAsync() is var dark && dark != _dark)
        {
            _dark = dark;
            StateHasChanged();
        }
    }
}
