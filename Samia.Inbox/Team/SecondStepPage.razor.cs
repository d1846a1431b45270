using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Where somebody who gave the right password gives the second factor.</summary>
public sealed partial class SecondStepPage
{
    public const string Address = "/sign-in/second-step";

    private User? _user;
    private string? _problem;
    private bool _recovering;
    private bool _hasPasskey;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>Where to go afterwards; another site's address is ignored.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "code", FormName = "second-step")]
    public string? Code { get; set; }

    [SupplyParameterFromForm(Name = "recovery", FormName = "recovery")]
    public string? RecoveryCode { get; set; }

    [Inject]
    public required UserManager<User> Users { get; init; }

    [Inject]
    public required SignInSession Session { get; init; }

    [Inject]
    public required SecondFactor Factor { get; init; }

    [Inject]
    public required Passkeys Passkeys { get; init; }

    [Inject]
    public required SignInSteps Steps { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (await Session.AtSecondStepAsync(HttpContext, HttpContext.RequestAborted) is { } person)
        {
            _user = await Users.FindByIdAsync(person.UserId.ToString());
        }

        if (_user is not null)
        {
            _hasPasskey = (await Users.GetPasskeysAsync(_user)).Count > 0;
        }
        else
        {
            Navigation.NavigateTo(SignInPage.AddressOf(ReturnUrl, SignInPage.TooLate));
        }
    }

    private async Task TryCodeAsync() =>
        await GoOnAsync(SignInProof.Code, await Factor.TryCodeAsync(_user!, Code ?? "", HttpContext.RequestAborted));

    private async Task TryRecoveryCodeAsync()
    {
        _recovering = true;
        await GoOnAsync(SignInProof.RecoveryCode,
            await Factor.TryRecoveryCodeAsync(_user!, RecoveryCode ?? "", HttpContext.RequestAborted));
    }

    private async Task TryPasskeyAsync(string? credential)
    {
        var attempt = await Passkeys.TryAsync(credential, HttpContext.RequestAborted);
        var isTheirs = attempt.User?.Id == _user!.Id;
        await GoOnAsync(SignInProof.Passkey, isTheirs ? null : attempt.Problem ?? L["This is a passkey of somebody else."].Value);
    }

    private async Task GoOnAsync(SignInProof proof, string? problem)
    {
        _problem = problem;
        if (problem is not null)
        {
            return;
        }

        var step = await Steps.EnterAsync(HttpContext, new ProvenPerson(_user!.Id, _user.SecurityStamp!, proof),
            ReturnUrl, HttpContext.RequestAborted);
        _problem = step.Problem;
        if (step.Address is { } address)
        {
            Navigation.NavigateTo(address);
        }
    }
}
