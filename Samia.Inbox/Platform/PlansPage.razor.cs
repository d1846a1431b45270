using Microsoft.AspNetCore.Components;
using MudBlazor;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Platform;

/// <summary>Where the operator edits the plans. A refusal leaves what was typed.</summary>
public sealed partial class PlansPage : WorkingComponent
{
    private List<EditedPlan> _plans = [];
    private string? _problem;
    private bool _busy;

    [Inject]
    public required Plans Plans { get; init; }

    [Inject]
    public required ISnackbar Snackbar { get; init; }

    protected override async Task OnInitializedAsync() =>
        _plans = [.. (await Plans.ListAsync(Gone)).Select(p => new EditedPlan(p))];

    private async Task SaveAsync(EditedPlan plan)
    {
        (_busy, _problem) = (true, null);
        try
        {
            await Plans.SaveAsync(plan.ToTerms(), Gone);
            plan.Terms = (await Plans.ListAsync(Gone)).Single(p => p.Id == plan.Terms.Id);
            Snackbar.Add(L["The plan is saved."], Severity.Success);
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

    private sealed class EditedPlan(PlanTerms terms)
    {
        public PlanTerms Terms { get; set; } = terms;
        public string Name { get; set; } = terms.Name;
        public int? Employees { get; set; } = terms.Employees;
        public int? Conversations { get; set; } = terms.Conversations;
        public int? AiReplies { get; set; } = terms.AiReplies;
        public int? Minutes { get; set; } = terms.TranscriptionMinutes;
        public int? Megabytes { get; set; } = terms.StorageMegabytes;
        public decimal? Price { get; set; } = terms.Price;
        public string Currency { get; set; } = terms.Currency;
        public string? StripePriceId { get; set; } = terms.StripePriceId;

        public PlanTerms ToTerms() => new(Terms.Id, Name, Employees, Conversations, AiReplies, Minutes, Megabytes, Price,
            Currency, StripePriceId, Terms.Businesses);
    }
}
