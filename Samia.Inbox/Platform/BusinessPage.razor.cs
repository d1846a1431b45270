using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>One business, for whoever runs Samia: what it is, and what can be decided about it.</summary>
public sealed partial class BusinessPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private BusinessOverview? _business;
    private UsageReport? _usage;
    private IReadOnlyList<PlanTerms> _plans = [];
    private LocalTime _time = null!;
    private string _plan = "";
    private string? _problem;
    private bool _asked;
    private bool _busy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required BusinessDirectory Businesses { get; init; }

    [Inject]
    public required BusinessUsage Usage { get; init; }

    [Inject]
    public required BusinessChanges Changes { get; init; }

    [Inject]
    public required Plans Plans { get; init; }

    [Inject]
    public required ExportDownload Export { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private Task ReadAsync() => TryAsync(async () =>
    {
        _time = new LocalTime(TimeZoneInfo.Utc, Clock.GetUtcNow());
        _plans = await Plans.ListAsync(_gone.Token);
        _business = await Businesses.FindAsync(Id, _gone.Token);
        _usage = _business is null ? null : await Usage.GetAsync(Id, _gone.Token);
        (_plan, _asked) = (_business?.PlanId ?? "", true);
    });

    private Task ChangePlanAsync() => TryAsync(async () =>
    {
        await Changes.ChangePlanAsync(Id, _plan, _gone.Token);
        Snackbar.Add(L["The plan is changed."], Severity.Success);
        await ReadAsync();
    });

    private Task ExportAsync() => TryAsync(async () =>
        Navigation.NavigateTo(await Export.TicketAsync(Id, _gone.Token), forceLoad: true));

    private async Task TryAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
        }
        catch (Exception refused) when (refused is PlatformException or NotPlatformException)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
