using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>All businesses, for whoever runs Samia. Search and filter are in its address.</summary>
public sealed partial class BusinessesPage
{
    private List<BusinessRow>? _rows;
    private LocalTime _time = null!;
    private bool _more;

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [Inject]
    public required BusinessDirectory Businesses { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private BusinessQuery Query => new(Search, Enum.TryParse<BusinessStatus>(Status, ignoreCase: true, out var status) ? status : null);

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Search) || Query.Status is not null;

    protected override Task OnParametersSetAsync() => ReadAsync();

    private Task ReadAsync() => TryAsync(async () =>
    {
        _time = new LocalTime(TimeZoneInfo.Utc, Clock.GetUtcNow());
        var page = await Businesses.PageAsync(Query, null, Gone);
        (_rows, _more) = ([.. page], page.Count == BusinessDirectory.PageSize);
    });

    private Task ReadMoreAsync() => TryAsync(async () =>
    {
        var page = await Businesses.PageAsync(Query, _rows![^1].Id, Gone);
        _rows.AddRange(page);
        _more = page.Count == BusinessDirectory.PageSize;
    });

    private void Filter(string name, string? value) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter(name, string.IsNullOrEmpty(value) ? null : value), replace: true);
}
