using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>In place of a list that has nothing yet: what would be here, and what to do so that there is.</summary>
public sealed partial class EmptyState
{
    [Parameter, EditorRequired]
    public required string Icon { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What to do next.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>Buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }
}
