using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>The settings that the person needs to see. It guards nothing: each page does that itself.</summary>
public sealed partial class SettingsMenu : WorkingComponent
{
    private IReadOnlyList<SettingsGroup> _groups = [];

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required PermissionChecker Permissions { get; init; }

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Authentication).User;
        _groups = user.HasBusiness ? SettingsPages.OpenTo(await Permissions.AllToSeeAsync(Gone))
            : user.HasSession ? SettingsPages.OfPerson
            : [];
    }
}
