using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>One business, for whoever runs Samia: what it is, and what can be decided about it.</summary>
public sealed partial class BusinessPage
{
    private BusinessOverview? _business;
    private UsageReport? _usage;
    private IReadOnlyList<PlanTerms> _plans = [];
    private LocalTime _time = null!;
    private string _plan = "";
    private bool _asked;

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

    protected override Task OnParametersSetAsync() => ReadAsync();

    private Task ReadAsync() => TryAsync(async () =>
    {
        _time = new LocalTime(TimeZoneInfo.Utc, Clock.GetUtcNow());
        _plans = await Plans.ListAsync(Gone);
        _business = await Businesses.FindAsync(Id, Gone);
        _usage = _business is null ? null : await Usage.GetAsync(Id, Gone);
        (_plan, _asked) = (_business?.PlanId ?? "", true);
    });

    private Task ChangePlanAsync() => TryAsync(async () =>
    {
        await Changes.ChangePlanAsync(Id, _plan, Gone);
        Snackbar.Add(L["The plan is changed."], Severity.Success);
        await ReadAsync();
    });

    private Task ExportAsync() => TryAsync(async () =>
        Navigation.NavigateTo(await Export.TicketAsync(Id, Gone), forceLoad: true));
}
