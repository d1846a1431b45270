using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.WhatsApp;

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

    [Inject]
    public required ErrorSentences Errors { get; init; }

    private bool IsOut => Message.Direction == MessageDirection.Outbound;

    private string Reactions => Message.CustomerReaction + Message.BusinessReaction;

    private string? TickTitle => (Message.DeliveredAt, Message.ReadAt) switch
    {
        (null, null) => (string?)null,
        ({ } delivered, null) => L["Delivered {0}", Time.Full(delivered)],
        (null, { } read) => L["Read {0}", Time.Full(read)],
        ({ } delivered, { } read) => L["Delivered {0}, read {1}", Time.Full(delivered), Time.Full(read)],
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
