using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Samia.Inbox.Shell;

/// <summary>What surrounds every page of a signed-in employee.</summary>
public sealed partial class MainLayout
{
    private MudThemeProvider? _theme;
    private bool _dark;

    [CascadingParameter]
    public required Look Look { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

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
