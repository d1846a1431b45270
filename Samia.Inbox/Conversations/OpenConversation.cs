using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>What stands above a thread.</summary>
/// <param name="Id">The conversation.</param>
/// <param name="CustomerName">What screens call the customer.</param>
/// <param name="Contact">The number or the username, as people write it; empty for whoever may not see customers.</param>
/// <param name="Status">Open, resolved and so on.</param>
/// <param name="Mode">Who answers.</param>
/// <param name="AssigneeId">Null for nobody.</param>
/// <param name="UnreadCount">The customer's messages that nobody has opened.</param>
/// <param name="WindowClosesAt">Until when WhatsApp takes free-form messages; null if the customer never wrote.</param>
/// <param name="FormerIds">The conversations that were merged into this one.</param>
public sealed record OpenConversation(
    Guid Id, string CustomerName, string Contact, ConversationStatus Status, ConversationMode Mode, Guid? AssigneeId,
    int UnreadCount, DateTimeOffset? WindowClosesAt, IReadOnlyList<Guid> FormerIds);
