using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// What people change about themselves. Served without a circuit, because it sets cookies; each form answers by leading
/// back here, saying what was done.
/// </summary>
public sealed partial class AccountPage
{
    public const string Address = "/account";

    private User? _user;
    private int _recoveryCodesLeft;
    private IReadOnlyList<UserPasskeyInfo> _passkeys = [];
    private IReadOnlyList<UserSession> _sessions = [];
    private LocalTime _time = new(TimeZoneInfo.Utc, default);

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>What was done just now: one of <see cref="AccountDone"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Done { get; set; }

    [Inject]
    public required UserManager<User> Users { get; init; }

    [Inject]
    public required OpenSessions Sessions { get; init; }

    [Inject]
    public required BusinessProfile Business { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    private string? Notice => Done switch
    {
        AccountDone.Password => L["Your password is changed. You are signed out everywhere else."].Value,
        AccountDone.SecondStepOff => L["The second step is off. Your password alone lets you in."].Value,
        AccountDone.PasskeyAdded => L["The passkey is made. You can sign in with it from now on."].Value,
        AccountDone.PasskeyRenamed => L["The passkey has its new name."].Value,
        AccountDone.PasskeyRemoved => L["The passkey is removed. Delete it on your device too."].Value,
        AccountDone.Session => L["That session has ended."].Value,
        _ => null,
    };

    // All that the parts show is read here, one after another: they share Identity's context.
    protected override async Task OnInitializedAsync()
    {
        var stop = HttpContext.RequestAborted;
        var user = await Users.FindByIdAsync(HttpContext.User.UserId.ToString());
        _recoveryCodesLeft = await Users.CountRecoveryCodesAsync(user!);
        _passkeys = [.. await Users.GetPasskeysAsync(user!)];
        _sessions = await Sessions.OfPersonAsync(user!.Id, stop);
        _time = new LocalTime(HttpContext.User.HasBusiness ? (await Business.GetAsync(stop)).TimeZone : TimeZoneInfo.Utc, Clock.GetUtcNow());
        _user = user;
    }
}
