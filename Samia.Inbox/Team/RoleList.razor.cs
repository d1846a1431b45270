using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>The roles one below the other, for a phone: each leads to what it allows.</summary>
public sealed partial class RoleList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RoleSummary> Roles { get; set; }
}
