using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Team;

/// <summary>Shows recovery codes, this one time.</summary>
public sealed partial class RecoveryCodes
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Codes { get; set; }

    /// <summary>Where to go from there.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
