using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>The parts of Samia: at the side of a desktop, at the foot of a phone.</summary>
public sealed partial class NavigationRail : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private bool _hasSettings;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required PermissionChecker Permissions { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync() =>
        _hasSettings = (await Authentication).User.HasBusiness
            && SettingsPages.OpenTo(await Permissions.AllToSeeAsync(_gone.Token)).Count > 0;

    private static bool IsInbox(string path) =>
        path.Length == 0 || path.StartsWith("conversations/", StringComparison.Ordinal);
}
