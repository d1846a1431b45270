using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Conversations;

/// <summary>The live inbox. Which conversation is open, and which tab, is in its address.</summary>
public sealed partial class InboxPage
{
    [Parameter]
    public Guid? ConversationId { get; set; }
}
