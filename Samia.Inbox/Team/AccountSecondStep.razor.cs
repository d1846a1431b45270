using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Whether a person gives a second factor, of the account page.</summary>
public sealed partial class AccountSecondStep
{
    [Parameter, EditorRequired]
    public required User User { get; set; }

    [Parameter, EditorRequired]
    public required int RecoveryCodesLeft { get; set; }
}
