using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Changes a person's password, of the account page.</summary>
public sealed partial class AccountPassword
{
    private string? _problem;

    [Parameter, EditorRequired]
    public required User User { get; set; }

    [SupplyParameterFromForm(Name = "current", FormName = "account-password")]
    public string? Current { get; set; }

    [SupplyParameterFromForm(Name = "new", FormName = "account-password")]
    public string? New { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [Inject]
    public required Account Account { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string Explanation => User.PasswordHash is null
        ? L["You have none: you sign in with a passkey."]
        : L["Changing it signs you out everywhere but here."];

    private async Task ChangeAsync()
    {
        _problem = await Account.ChangePasswordAsync(HttpContext, User, Current, New, HttpContext.RequestAborted);
        if (_problem is null)
        {
            Navigation.NavigateTo(AccountDone.AddressOf(AccountDone.Password));
        }
    }
}
