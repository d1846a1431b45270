using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Shell;

/// <summary>A person's initials on a colour that stays theirs. The name itself stands beside it in text.</summary>
public sealed partial class Avatar
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Decides the colour.</summary>
    [Parameter, EditorRequired]
    public required Guid Of { get; set; }

    [Parameter]
    public string? Class { get; set; }

    // The last byte of a UUIDv7 is random.
    private int Hue => Of.ToByteArray()[^1] * 360 / 256;
}
