using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Where somebody says whether they are online or away. Offline they are by themselves, once their last page is closed.</summary>
public sealed partial class AvailabilityChoice
{
    [Parameter, EditorRequired]
    public required EmployeeAvailability Value { get; set; }

    [Inject]
    public required MyProfile Mine { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    // What is chosen comes back by a live event, here as everywhere.
    private async Task ChooseAsync(EmployeeAvailability availability)
    {
        try
        {
            await Mine.ChooseAvailabilityAsync(availability, CancellationToken.None);
        }
        catch (TeamRefusedException refused)
        {
            Snackbar.Add(refused.Message, Severity.Error);
        }
    }
}
