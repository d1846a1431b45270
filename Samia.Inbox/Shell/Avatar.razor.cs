using Microsoft.AspNetCore.Components;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>
/// A person's picture, or their initials on a colour that stays theirs. Their name, and whether they are there, stand
/// beside it in text.
/// </summary>
public sealed partial class Avatar
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Decides the colour, and whose picture it is.</summary>
    [Parameter, EditorRequired]
    public required Guid Of { get; set; }

    /// <summary>Of an employee's picture. Default: there is none.</summary>
    [Parameter]
    public string? Version { get; set; }

    /// <summary>Shown as a dot. Default: none.</summary>
    [Parameter]
    public Presence? Presence { get; set; }

    [Parameter]
    public string? Class { get; set; }

    // The last byte of a UUIDv7 is random.
    private int Hue => Of.ToByteArray()[^1] * 360 / 256;
}
