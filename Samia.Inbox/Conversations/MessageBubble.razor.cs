using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Conversations;

/// <summary>One message of a thread.</summary>
public sealed partial class MessageBubble
{
    private (ThreadMessage, string, string) _shown;
    private bool _changed;

    [Parameter, EditorRequired]
    public required ThreadMessage Message { get; set; }

    /// <summary>Who wrote it.</summary>
    [Parameter, EditorRequired]
    public required string Author { get; set; }

    [Parameter, EditorRequired]
    public required string CustomerName { get; set; }

    [Parameter, EditorRequired]
    public required LocalTime Time { get; set; }

    /// <summary>Sends a failed message again.</summary>
    [Parameter]
    public EventCallback<Guid> OnSendAgain { get; set; }

    private bool IsOut => Message.Direction == MessageDirection.Outbound;

    private string Reactions => Message.CustomerReaction + Message.BusinessReaction;

    private string? TickTitle => (Message.DeliveredAt, Message.ReadAt) switch
    {
        (null, null) => null,
        ({ } delivered, null) => $"Delivered {Time.Full(delivered)}",
        (null, { } read) => $"Read {Time.Full(read)}",
        ({ } delivered, { } read) => $"Delivered {Time.Full(delivered)}, read {Time.Full(read)}",
    };

    // A tick that turns renders its own bubble and no other.
    protected override bool ShouldRender() => _changed;

    protected override void OnParametersSet()
    {
        var now = (Message, Author, CustomerName);
        _changed = now != _shown;
        _shown = now;
    }
}
