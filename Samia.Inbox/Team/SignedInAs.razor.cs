using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Says as whom, and for which business, this screen acts, and offers the person's other businesses.</summary>
public sealed partial class SignedInAs : WorkingComponent
{
    private IReadOnlyList<Employment> _others = [];
    private Profile? _profile;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required Employments Employments { get; init; }

    [Inject]
    public required MyProfile Mine { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    // Whoever sees this is here.
    private Presence? MyPresence => _profile?.Availability switch
    {
        EmployeeAvailability.Online => Presence.Online,
        EmployeeAvailability.Away => Presence.Away,
        _ => null,
    };

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override async Task OnInitializedAsync()
    {
        var user = (await Authentication).User;
        if (user.IsEmployee)
        {
            await ReadProfileAsync(user.EmployeeId);
        }

        if (user.HasSession)
        {
            var places = await Employments.OfPersonAsync(user.UserId, Gone);
            _others = [.. places.Where(p => p.IsOpen && !(user.IsEmployee && p.EmployeeId == user.EmployeeId))];
        }
    }

    private async Task ReadProfileAsync(Guid employeeId)
    {
        if (RendererInfo.IsInteractive)
        {
            Live.Start(batch => InvokeAsync(async () =>
            {
                if ((batch.MissedSome || batch.ColleagueIds.Contains(employeeId)) && !Gone.IsCancellationRequested)
                {
                    _profile = await Mine.FindAsync(Gone);
                    StateHasChanged();
                }
            }));
        }

        _profile = await Mine.FindAsync(Gone);
    }

    private string Title(ClaimsPrincipal user) =>
        string.Join(", ", new[] { user.Identity!.Name, L.RoleName(user.RoleName), user.BusinessName }.OfType<string>());

    private static Guid OwnerOf(ClaimsPrincipal user) => user.IsEmployee ? user.EmployeeId : user.UserId;
}
