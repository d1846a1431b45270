using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Where everybody signs in.</summary>
public sealed partial class SignInPage
{
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    /// <summary>Where to go afterwards; another site's address is ignored.</summary>
    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromForm(Name = "email", FormName = "sign-in")]
    public string? Email { get; set; }

    [SupplyParameterFromForm(Name = "password", FormName = "sign-in")]
    public string? Password { get; set; }

    [Inject]
    public required PasswordSignIn SignIn { get; init; }

    [Inject]
    public required SignInSteps Steps { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

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

        var step = await Steps.EnterAsync(HttpContext, new ProvenPerson(user.Id, user.SecurityStamp!, SignInProof.Password),
            ReturnUrl, HttpContext.RequestAborted);
        _problem = step.Problem;
        if (step.Address is { } address)
        {
            Navigation.NavigateTo(address);
        }
    }
}
