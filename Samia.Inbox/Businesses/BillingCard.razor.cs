using System.Globalization;
using Microsoft.AspNetCore.Components;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Which plan the business pays for, and the way to the pages on which that is changed. It stands on any page of the
/// settings by itself, and shows another plan as soon as there is one.
/// </summary>
public sealed partial class BillingCard
{
    private BillingView? _view;

    /// <summary>Whether somebody comes back from paying.</summary>
    [SupplyParameterFromQuery(Name = "paid")]
    public bool Paid { get; set; }

    [Inject]
    public required Subscriptions Subscriptions { get; init; }

    [Inject]
    public required LiveWatch Live { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override ValueTask LeaveAsync() => Live.DisposeAsync();

    protected override Task OnInitializedAsync()
    {
        Live.Start(batch => InvokeAsync(async () =>
        {
            if ((batch.BusinessChanged || batch.MissedSome) && !IsBusy && !Gone.IsCancellationRequested)
            {
                await TryAsync(ReadAsync);
                StateHasChanged();
            }
        }));
        return TryAsync(ReadAsync);
    }

    private async Task ReadAsync() => _view = await Subscriptions.GetAsync(Gone);

    private Task ChooseAsync(PlanForSale plan) => TryAsync(async () =>
        Navigation.NavigateTo((await Subscriptions.CheckoutAsync(plan.Id, Gone)).AbsoluteUri, forceLoad: true));

    private Task ManageAsync() => TryAsync(async () =>
        Navigation.NavigateTo((await Subscriptions.PortalAsync(Gone)).AbsoluteUri, forceLoad: true));

    private string PriceOf(PlanForSale plan) => plan.MonthlyPrice is { } price
        ? L["{0} {1} a month", price.ToString("#,0.##", CultureInfo.CurrentCulture), plan.Currency]
        : L["The price stands on Stripe's page."];

    private IEnumerable<string> LimitsOf(PlanForSale plan) =>
    [
        plan.Employees is { } employees ? L["Employees: {0}", employees] : L["Any number of employees"],
        plan.Conversations is { } conversations ? L["Conversations a month: {0}", Number(conversations)] : L["Any number of conversations"],
        plan.AiReplies is { } replies ? L["AI replies a month: {0}", Number(replies)] : L["Any number of AI replies"],
        plan.TranscriptionMinutes is { } minutes ? L["Transcribed minutes a month: {0}", Number(minutes)] : L["Any number of transcribed minutes"],
        plan.StorageMegabytes is { } megabytes ? L["Storage in gigabytes: {0}", (megabytes / 1000m).ToString("#,0.##", CultureInfo.CurrentCulture)] : L["Any amount of storage"],
    ];

    private static string Number(int value) => value.ToString("N0", CultureInfo.CurrentCulture);
}
