using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Where everybody signs in.</summary>
public sealed partial class SignInPage
{
    /// <summary>Why somebody is asked to sign in again: the second step took too long.</summary>
    public const string TooLate = "too-late";

    /// <summary>Why somebody is asked to sign in: they chose a new password.</summary>
    public const string NewPassword = "new-password";

    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>Where to go afterwards; another site's address is ignored.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    /// <summary>One of the constants above.</summary>
    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    [SupplyParameterFromForm(Name = "email", FormName = "sign-in")]
    public string? Email { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = "sign-in")]
    public string? Password { get; set; }

    [Inject]
    public required PasswordSignIn SignIn { get; init; }

    [Inject]
    public required Passkeys Passkeys { get; init; }

    [Inject]
    public required SignInSteps Steps { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string? Notice => Reason switch
    {
        TooLate => L["That took too long. Sign in again."].Value,
        NewPassword => L["Your new password holds from now on. Sign in with it."].Value,
        _ => null,
    };

    public static string AddressOf(string? returnUrl, string reason) =>
        $"/sign-in?reason={reason}&returnUrl={Uri.EscapeDataString(LocalUrl.Of(returnUrl))}";

    protected override void OnInitialized()
    {
        if (HttpContext.User.HasSession && HttpMethods.IsGet(HttpContext.Request.Method))
        {
            Navigation.NavigateTo(LocalUrl.Of(ReturnUrl, HttpContext.User.HasBusiness));
        }
    }

    private async Task SignInAsync()
    {
        if (string.IsNullOrWhiteSpace(Email) || string.IsNullOrEmpty(Password))
        {
            _problem = L["Enter your e-mail and your password."];
            return;
        }

        var attempt = await SignIn.TryAsync(Email.Trim(), Password, HttpContext.RequestAborted);
        if (attempt.User is not { } user)
        {
            _problem = attempt.Problem;
            return;
        }

        GoOn(await Steps.AfterPasswordAsync(HttpContext, user, ReturnUrl, HttpContext.RequestAborted));
    }

    private async Task PasskeyAsync(string? credential)
    {
        var attempt = await Passkeys.TryAsync(credential, HttpContext.RequestAborted);
        if (attempt.User is not { } user)
        {
            _problem = attempt.Problem;
            return;
        }

        GoOn(await Steps.EnterAsync(HttpContext, new ProvenPerson(user.Id, user.SecurityStamp!, SignInProof.Passkey),
            ReturnUrl, HttpContext.RequestAborted));
    }

    private void GoOn(SignInStep step)
    {
        _problem = step.Problem;
        if (step.Address is { } address)
        {
            Navigation.NavigateTo(address);
        }
    }
}
