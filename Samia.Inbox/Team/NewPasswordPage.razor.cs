using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Where somebody who opened the link of a forgotten password chooses another.</summary>
public sealed partial class NewPasswordPage
{
    public const string Address = "/new-password";

    private string[] _link = [];
    private User? _user;
    private string? _problem;

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [SupplyParameterFromForm(Name = "new", FormName = "new-password")]
    public string? New { get; set; }

    [Inject]
    public required PasswordReset Reset { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _link = await LinkSecrets.ReadAsync(HttpContext, LinkSecrets.PasswordScheme);
        _user = await Reset.OwnerAsync(_link);
    }

    private async Task SetAsync()
    {
        if (_user is null)
        {
            return;
        }

        _problem = await Reset.ResetAsync(_user, _link, New, HttpContext.RequestAborted);
        if (_problem is null)
        {
            await LinkSecrets.ForgetAsync(HttpContext, LinkSecrets.PasswordScheme);
            Navigation.NavigateTo(SignInPage.AddressOf(null, SignInPage.NewPassword));
        }
    }
}
