using Microsoft.AspNetCore.Components;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Asks for the password again, of somebody who has one: a field of a form, named <c>password</c>.</summary>
public sealed partial class PasswordAgain
{
    [Parameter, EditorRequired]
    public required User User { get; set; }

    [Parameter, EditorRequired]
    public required string Id { get; set; }
}
