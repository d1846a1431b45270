using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Where everybody signs in, by e-mail and password.</summary>
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
    public required SignInSession Session { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override void OnInitialized()
    {
        if (HttpContext.User.HasBusiness && HttpMethods.IsGet(HttpContext.Request.Method))
        {
            Navigation.NavigateTo(LocalUrl.Of(ReturnUrl));
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
        switch (attempt.Choices)
        {
            case []:
                _problem = attempt.Problem;
                break;
            case [var only]:
                await Session.EnterAsync(HttpContext, only, HttpContext.RequestAborted);
                Navigation.NavigateTo(LocalUrl.Of(ReturnUrl));
                break;
            case [var any, ..]:
                await Session.AskForBusinessAsync(HttpContext, any);
                Navigation.NavigateTo("/choose-business?returnUrl=" + Uri.EscapeDataString(LocalUrl.Of(ReturnUrl)));
                break;
        }
    }
}
