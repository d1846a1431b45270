using System.Globalization;
using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Where those who may see who did what in the business. The filters are in its address.</summary>
public sealed partial class ActivityPage : WorkingComponent
{
    private IReadOnlyList<Colleague> _colleagues = [];
    private List<ActivityRow>? _rows;
    private LocalTime _time = null!;
    private string? _problem;
    private bool _more;
    private bool _busy;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Area { get; set; }

    [SupplyParameterFromQuery]
    public Guid? Employee { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? From { get; set; }

    [SupplyParameterFromQuery]
    public DateOnly? To { get; set; }

    [Inject]
    public required ActivityTrail Trail { get; init; }

    [Inject]
    public required Colleagues Colleagues { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private ActivityQuery Query => new(Search, Employee, Area, From, To);

    private string ExportAddress => "/settings/activity.csv" + new Uri(Navigation.Uri).Query;

    protected override async Task OnInitializedAsync() => _colleagues = await Colleagues.AllAsync(Gone);

    protected override Task OnParametersSetAsync() => ReadAsync();

    private Task ReadAsync() => AsPermittedAsync(async () =>
    {
        _time = new LocalTime((await Business.GetAsync(Gone)).TimeZone, Clock.GetUtcNow());
        var page = await Trail.PageAsync(Query, null, Gone);
        (_rows, _more) = ([.. page], page.Count == ActivityTrail.PageSize);
    });

    private Task ReadMoreAsync() => AsPermittedAsync(async () =>
    {
        var page = await Trail.PageAsync(Query, _rows![^1].Sequence, Gone);
        _rows.AddRange(page);
        _more = page.Count == ActivityTrail.PageSize;
    });

    private void Filter(string name, object? value) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(
        name, value is null or "" ? null : Convert.ToString(value, CultureInfo.InvariantCulture)), replace: true);

    private string? KindOf(ActorKind kind) => kind switch
    {
        ActorKind.ApiToken => L["API token"].Value,
        ActorKind.Support => L["Samia support"].Value,
        ActorKind.Operator => L["Samia's operator"].Value,
        _ => null,
    };

    private string NameOf(Guid? employeeId) => _colleagues.FirstOrDefault(c => c.Id == employeeId)?.Name ?? "";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task AsPermittedAsync(Func<Task> work)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await work();
        }
        catch (NotPermittedException refused)
        {
            _problem = refused.Message;
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
        finally
        {
            _busy = false;
        }
    }
}
