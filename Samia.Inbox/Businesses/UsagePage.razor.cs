using System.Globalization;
using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Where whoever pays sees what the plan includes, what is used of it, and what was used before.</summary>
public sealed partial class UsagePage : WorkingComponent
{
    private UsageReport? _report;
    private string? _problem;

    [Inject]
    public required UsageReports Reports { get; init; }

    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync()
    {
        try
        {
            _report = await Reports.GetAsync(Gone);
            _problem = null;
        }
        catch (NotPermittedException refused)
        {
            (_report, _problem) = (null, refused.Message);
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
        }
    }

    private string Price(UsageReport report) => report.Price switch
    {
        null => L["Price by agreement"],
        0 => L["Free"],
        { } price => L["{0} {1} a month, without tax", price.ToString(price % 1 == 0 ? "N0" : "N2", CultureInfo.CurrentCulture), report.Currency],
    };

    private string Reset(UsageReport report) => L["What counts per month begins anew on {0}, by the clock of {1}.",
        UsageFigures.Day(report.Month.AddMonths(1)), report.TimeZone];

    private static string MonthName(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    private static bool IsEmpty(UsageMonth month) =>
        month is { Conversations: 0, AiReplies: 0, TranscriptionSeconds: 0, StorageBytes: 0 };
}
