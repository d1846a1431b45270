using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Where somebody who has to have a second factor, and gave the right password, sets one up before anything else. Who
/// has one is asked for it instead.
/// </summary>
public sealed partial class SetUpSecondStepPage
{
    public const string Address = "/sign-in/set-up";

    private User? _user;
    private AuthenticatorKey? _key;
    private string? _address;
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>Where to go afterwards; another site's address is ignored.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [Inject]
    public required UserManager<User> Users { get; init; }

    [Inject]
    public required SignInSession Session { get; init; }

    [Inject]
    public required Authenticator Authenticator { get; init; }

    [Inject]
    public required Passkeys Passkeys { get; init; }

    [Inject]
    public required SignInSteps Steps { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        var person = await Session.AtSecondStepAsync(HttpContext, HttpContext.RequestAborted);
        var user = person is null ? null : await Users.FindByIdAsync(person.UserId.ToString());
        if (user is null)
        {
            Navigation.NavigateTo(SignInPage.AddressOf(ReturnUrl, SignInPage.TooLate));
        }
        else if (await Steps.HasSecondFactorAsync(user))
        {
            Navigation.NavigateTo(SecondStepPage.Address + "?returnUrl=" + Uri.EscapeDataString(LocalUrl.Of(ReturnUrl)));
        }
        else
        {
            _key = await Authenticator.KeyAsync(user, HttpContext.RequestAborted);
            _user = user;
        }
    }

    private async Task EnterAsync() => _address = (await EnterAsync(SignInProof.Code)).Address;

    private async Task AddPasskeyAsync(string? credential)
    {
        _problem = await Passkeys.AddAsync(_user!, credential, null,
            DeviceName.Of(HttpContext.Request.Headers.UserAgent), HttpContext.RequestAborted);
        if (_problem is null && (await EnterAsync(SignInProof.Passkey)).Address is { } address)
        {
            Navigation.NavigateTo(address);
        }
    }

    private Task<SignInStep> EnterAsync(SignInProof proof) => Steps.EnterAsync(HttpContext,
        new ProvenPerson(_user!.Id, _user.SecurityStamp!, proof), ReturnUrl, HttpContext.RequestAborted);
}
