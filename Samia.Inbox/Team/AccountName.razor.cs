using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Says who one is, of the account page. The name is a business's, so it is changed in the profile there.</summary>
public sealed partial class AccountName
{
    [Parameter, EditorRequired]
    public required User User { get; set; }

    [CascadingParameter]
    public required HttpContext HttpContext { get; init; }
}
