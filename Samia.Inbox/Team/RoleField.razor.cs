using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Chooses a role: one that whoever chooses may give.</summary>
public sealed partial class RoleField
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RoleChoice> Roles { get; set; }

    [Parameter, EditorRequired]
    public required Guid Value { get; set; }

    [Parameter]
    public EventCallback<Guid> ValueChanged { get; set; }

    [Parameter]
    public bool Disabled { get; set; }
}
