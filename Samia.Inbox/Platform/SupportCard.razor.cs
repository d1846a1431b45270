using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>Begins a support visit, and shows the earlier ones. A refusal leaves what was typed.</summary>
public sealed partial class SupportCard : WorkingComponent
{
    private IReadOnlyList<VisitRow> _visits = [];
    private string? _problem;
    private bool _busy;
    private string _reason = "";
    private int _minutes = (int)SupportVisits.Lengths[0].TotalMinutes;

    [Parameter, EditorRequired]
    public required Guid BusinessId { get; set; }

    /// <summary>Nobody visits a closed business.</summary>
    [Parameter]
    public bool IsClosed { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    [Inject]
    public required SupportVisits Visits { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnParametersSetAsync() => _visits = await Visits.OfBusinessAsync(BusinessId, Gone);

    private async Task EnterAsync()
    {
        (_busy, _problem) = (true, null);
        try
        {
            var visit = await Visits.StartAsync(BusinessId, _reason, TimeSpan.FromMinutes(_minutes), Gone);
            Navigation.NavigateTo(SupportEndpoints.AddressOf(BusinessId, visit), forceLoad: true);
        }
        catch (Exception refused) when (refused is PlatformException or NotPlatformException)
        {
            _problem = refused.Message;
        }
        finally
        {
            _busy = false;
        }
    }

    private string LengthName(int minutes) => minutes switch
    {
        < 60 => L["{0} minutes", minutes],
        60 => L["1 hour"],
        _ => L["{0} hours", minutes / 60],
    };
}
