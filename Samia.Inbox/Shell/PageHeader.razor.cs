using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>The head of a page: what it is called, in the browser's tab too, and what it is for.</summary>
public sealed partial class PageHeader
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>One sentence.</summary>
    [Parameter]
    public string? Explanation { get; set; }

    /// <summary>What one can do here: buttons, the important one last.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
