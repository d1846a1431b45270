using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Says above the settings why nothing can be changed; nothing while the business is not suspended.</summary>
public sealed partial class SuspendedNote : WorkingComponent
{
    private string? _reason;

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    [Inject]
    public required SendingState Sending { get; init; }

    // Each time, because a layout stays while its pages change.
    protected override async Task OnParametersSetAsync() =>
        _reason = (await Authentication).User.HasBusiness ? (await Sending.GetAsync(Gone)).SuspendedReason : null;
}
