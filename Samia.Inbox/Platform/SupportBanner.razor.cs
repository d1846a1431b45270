using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Reminds somebody of the platform, on every page, that they are in somebody's business and for how long.</summary>
public sealed partial class SupportBanner : WorkingComponent
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private SupportStay? _stay;
    private int _minutes;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required SupportVisits Visits { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        if (user.VisitId is { } visit)
        {
            _stay = await Visits.OpenAsync(user.BusinessId, visit, Gone);
            Count();
            _ = CountDownAsync(Gone);
        }
    }

    // Ends with the banner. What the visitor may do ends by itself, here or not.
    private async Task CountDownAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Tick, Clock);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await InvokeAsync(() =>
                {
                    if (_stay is null || _stay.EndsAt <= Clock.GetUtcNow())
                    {
                        Navigation.NavigateTo(PlatformAccess.Home, forceLoad: true);
                        return;
                    }

                    Count();
                    StateHasChanged();
                });
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private void Count() => _minutes = _stay is null ? 0 : Math.Max(1, (int)Math.Ceiling((_stay.EndsAt - Clock.GetUtcNow()).TotalMinutes));
}
