using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Where somebody switches their second step on and off, and makes new recovery codes.</summary>
public sealed partial class AccountSecondStepPage
{
    public const string Address = "/account/second-step";

    private User? _user;
    private AuthenticatorKey? _key;
    private IReadOnlyList<string>? _newCodes;
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [SupplyParameterFromForm(Name = "password", FormName = "new-recovery-codes")]
    public string? PasswordForCodes { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = "second-step-off")]
    public string? PasswordForOff { get; set; }

    [SupplyParameterFromForm(Name = "code", FormName = "second-step-off")]
    public string? Code { get; set; }

    [Inject]
    public required UserManager<User> Users { get; init; }

    [Inject]
    public required PasswordSignIn Passwords { get; init; }

    [Inject]
    public required SecondFactor Factor { get; init; }

    [Inject]
    public required Authenticator Authenticator { get; init; }

    [Inject]
    public required SignInSession Session { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var user = await Users.FindByIdAsync(HttpContext.User.UserId.ToString());
        _key = user!.TwoFactorEnabled ? null : await Authenticator.KeyAsync(user, HttpContext.RequestAborted);
        _user = user;
    }

    private Task StayAsync() => Session.StayAsync(HttpContext, _user!, SignInProof.Code, HttpContext.RequestAborted);

    private async Task MakeCodesAsync()
    {
        _problem = await Passwords.AskAgainAsync(_user!, PasswordForCodes, HttpContext.RequestAborted);
        if (_problem is null)
        {
            _newCodes = await Authenticator.NewRecoveryCodesAsync(_user!, HttpContext.RequestAborted);
        }
    }

    private async Task SwitchOffAsync()
    {
        var stop = HttpContext.RequestAborted;
        _problem = await Authenticator.MayEndAsync(_user!, stop)
            ?? await Passwords.AskAgainAsync(_user!, PasswordForOff, stop)
            ?? await Factor.TryEitherAsync(_user!, Code ?? "", stop);
        if (_problem is null)
        {
            await Authenticator.EndAsync(_user!, stop);
            await Session.StayAsync(HttpContext, _user!, null, stop);
            Navigation.NavigateTo(AccountDone.AddressOf(AccountDone.SecondStepOff));
        }
    }
}
