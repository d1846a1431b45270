using Microsoft.AspNetCore.Components;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Shows a business who of the platform visits it, live, and lets its admins end a visit.</summary>
public sealed partial class SupportVisitsPanel : WorkingComponent
{
    private IReadOnlyList<VisitRow> _visits = [];
    private LocalTime _time = null!;
    private string? _problem;

    [Inject]
    public required VisitsOfBusiness Visits { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override async Task OnInitializedAsync()
    {
        Live.Start(batch => batch.BusinessChanged ? InvokeAsync(ShowAsync) : Task.CompletedTask);
        await ReadAsync();
    }

    private async Task ShowAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            _time = new LocalTime((await Business.GetAsync(Gone)).TimeZone, Clock.GetUtcNow());
            _visits = await Visits.ListAsync(Gone);
        }
        catch (NotPermittedException)
        {
            // The page around it says so.
            _visits = [];
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private async Task EndAsync(Guid visitId)
    {
        _problem = null;
        try
        {
            await Visits.EndAsync(visitId, Gone);
        }
        catch (Exception refused) when (refused is NotPermittedException or PlatformException)
        {
            _problem = refused.Message;
        }

        await ReadAsync();
    }
}
