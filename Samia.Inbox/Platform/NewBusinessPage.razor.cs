using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Where the operator opens a business. A refusal leaves what was typed.</summary>
public sealed partial class NewBusinessPage : WorkingComponent
{
    private IReadOnlyList<PlanTerms> _plans = [];
    private string? _problem;
    private bool _busy;
    private string _name = "";
    private string _plan = Plan.Trial;
    private string _timeZone = "Asia/Beirut";
    private string _locale = "ar-LB";
    private string _adminName = "";
    private string _email = "";
    private string _language = Language.Current.Code;

    [Inject]
    public required BusinessOpening Opening { get; init; }

    [Inject]
    public required Plans Plans { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync() => _plans = await Plans.ListAsync(Gone);

    private async Task OpenAsync()
    {
        (_busy, _problem) = (true, null);
        try
        {
            var opened = await Opening.OpenAsync(new NewBusiness(_name, _timeZone ?? "", _locale, PlanId: _plan),
                new FirstAdmin(_adminName, _email, _language), Gone);
            Navigation.NavigateTo($"/platform/businesses/{opened.Id}");
        }
        catch (Exception refused) when (refused is RegistrationException or TeamRefusedException or PlatformException or NotPlatformException)
        {
            _problem = refused.Message;
        }
        finally
        {
            _busy = false;
        }
    }

    private static Task<IEnumerable<string>> ZonesAsync(string? typed, CancellationToken cancellationToken) =>
        Task.FromResult(TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId).Select(z => z.Id)
            .Where(id => string.IsNullOrWhiteSpace(typed) || id.Contains(typed, StringComparison.OrdinalIgnoreCase)));
}
