using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Samia.Inbox.Team;

/// <summary>Says what changes, in which role and for how many people, before it is saved.</summary>
public sealed partial class RoleChangesDialog
{
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PlannedRoleChange> Changes { get; set; }

    /// <summary>The name of the role of whoever saves; null if they have none.</summary>
    [Parameter]
    public string? OwnRole { get; set; }

    /// <returns>Whether the person said yes.</returns>
    public static async Task<bool> AskAsync(IDialogService dialogs, string question, IReadOnlyList<PlannedRoleChange> changes, string? ownRole)
    {
        var dialog = await dialogs.ShowAsync<RoleChangesDialog>(question, new DialogParameters<RoleChangesDialog>
        {
            { d => d.Changes, changes },
            { d => d.OwnRole, ownRole },
        });
        return await dialog.Result is { Canceled: false };
    }
}
