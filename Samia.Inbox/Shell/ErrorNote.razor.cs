using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>Says what did not work and what to do about it. Nothing, as long as all is well.</summary>
public sealed partial class ErrorNote
{
    [Parameter, EditorRequired]
    public string? Message { get; set; }

    /// <summary>Offers to try again.</summary>
    [Parameter]
    public EventCallback OnRetry { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }
}
