using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Permissions by roles, for a screen with room. What is ticked is noted in <see cref="Edits"/> and not saved.</summary>
public sealed partial class RoleGrid
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<RoleSummary> Roles { get; set; }

    /// <summary>What whoever looks may do: nothing else is theirs to give or to take.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyCollection<string> Held { get; set; }

    [Parameter, EditorRequired]
    public required RoleEdits Edits { get; set; }

    [Parameter]
    public EventCallback OnEdited { get; set; }

    /// <summary>Nothing can be changed now.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    private Task SetAsync(RoleSummary role, Permission permission, ChangeEventArgs change)
    {
        Edits.Set(role, permission.Name, change.Value is true);
        return OnEdited.InvokeAsync();
    }

    private string NameOf(RoleSummary role, Permission permission, string? why) =>
        string.Join(' ', $"{L.RoleName(role.Name)}: {permission.Sentence(L)}", why).TrimEnd();
}
