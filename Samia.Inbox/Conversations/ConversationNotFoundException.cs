using Samia.Inbox.Shell;

namespace Samia.Inbox.Conversations;

/// <summary>The business has no such conversation; it may be another business's.</summary>
public sealed class ConversationNotFoundException(Guid conversationId)
    : Exception(Text.Of<Texts>()["This conversation does not exist, or is not yours to see."])
{
    public Guid ConversationId { get; } = conversationId;
}
