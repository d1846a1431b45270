using Microsoft.AspNetCore.Components;
using Samia.Data;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox.Conversations;

/// <summary>What a message says, by its kind.</summary>
public sealed partial class MessageContentView
{
    private MessageFacts _facts = MessageFacts.Of(null);

    [Parameter, EditorRequired]
    public required ThreadMessage Message { get; set; }

    private string Icon => MessageKinds.IconOf(Message.Kind) ?? "";

    private string Label => Message.Kind == MessageKind.Document && _facts.FileName is { } name
        ? name
        : MessageKinds.NameOf(Message.Kind, L);

    protected override void OnParametersSet() =>
        _facts = MessageFacts.Of(Message.Kind == MessageKind.Text ? null : Message.Payload);
}
