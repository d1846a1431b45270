using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>Things of a page that belong together.</summary>
public sealed partial class Card
{
    [Parameter]
    public string? Title { get; set; }

    /// <summary>One sentence, under the title.</summary>
    [Parameter]
    public string? Explanation { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Buttons, at the foot.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }
}
