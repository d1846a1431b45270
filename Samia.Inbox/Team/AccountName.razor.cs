using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>A person's name, of the account page.</summary>
public sealed partial class AccountName
{
    private string? _problem;

    [Parameter, EditorRequired]
    public required User User { get; set; }

    [SupplyParameterFromForm(Name = "name", FormName = "account-name")]
    public string? Name { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }

    [Inject]
    public required OwnName OwnName { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private string NameLabel => HttpContext.User.BusinessName is { } business
        ? L["Name, as colleagues in {0} see it", business] : L["Name"];

    private async Task SaveAsync()
    {
        _problem = await OwnName.ChangeAsync(User.Id, Name, HttpContext.RequestAborted);
        if (_problem is null)
        {
            Navigation.NavigateTo(AccountDone.AddressOf(AccountDone.Name));
        }
    }
}
