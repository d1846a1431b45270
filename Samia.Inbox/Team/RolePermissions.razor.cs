using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>What one role allows, by area. What is ticked is noted in <see cref="Edits"/> and not saved.</summary>
public sealed partial class RolePermissions
{
    [Parameter, EditorRequired]
    public required RoleSummary Role { get; set; }

    /// <summary>What whoever looks may do: nothing else is theirs to give or to take.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyCollection<string> Held { get; set; }

    [Parameter, EditorRequired]
    public required RoleEdits Edits { get; set; }

    /// <summary>Nothing can be changed now.</summary>
    [Parameter]
    public bool Disabled { get; set; }
}
