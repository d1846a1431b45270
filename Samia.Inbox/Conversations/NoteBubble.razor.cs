using Microsoft.AspNetCore.Components;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Conversations;

/// <summary>An internal note in a thread, in its own colour: a customer never sees it.</summary>
public sealed partial class NoteBubble
{
    [Parameter, EditorRequired]
    public required ThreadNote Note { get; set; }

    [Parameter, EditorRequired]
    public required string Author { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }
}
