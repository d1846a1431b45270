using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>The settings that the person needs to see. It guards nothing: each page does that itself.</summary>
public sealed partial class SettingsMenu : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyList<SettingsGroup> _groups = [];

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required PermissionChecker Permissions { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
    }

    protected override async Task OnParametersSetAsync()
    {
        var user = (await Authentication).User;
        _groups = user.HasBusiness ? SettingsPages.OpenTo(await Permissions.AllToSeeAsync(_gone.Token))
            : user.HasSession ? SettingsPages.OfPerson
            : [];
    }
}
