using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Samia.Inbox.Shell;

/// <summary>What <see cref="Confirmation"/> shows.</summary>
public sealed partial class ConfirmationDialog
{
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required string Consequence { get; set; }

    [Parameter, EditorRequired]
    public required string Action { get; set; }
}
