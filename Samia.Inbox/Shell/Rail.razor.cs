using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>Where one goes, and who one is: at the side of a desktop, at the foot of a phone.</summary>
public sealed partial class Rail
{
    /// <summary>What its parts are the parts of.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Where the sign of Samia leads.</summary>
    [Parameter, EditorRequired]
    public required string Home { get; set; }

    /// <summary>Words below the sign. Default: none.</summary>
    [Parameter]
    public string? Brand { get; set; }

    /// <summary>A class that sets other colours. Default: none.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>By which tests know it. Default: none.</summary>
    [Parameter]
    public string? TestId { get; set; }

    /// <summary>Each a <see cref="RailLink"/>.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
