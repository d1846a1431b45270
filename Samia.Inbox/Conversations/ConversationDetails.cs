using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>A conversation without what was said in it.</summary>
/// <param name="CustomerName">What screens call the customer.</param>
/// <param name="AssigneeId">The employee who is to answer; null for nobody.</param>
/// <param name="UnreadCount">The customer's messages that nobody has opened.</param>
/// <param name="LastMessage">The beginning of the newest message.</param>
/// <param name="WaitingSince">Since when the customer waits for an answer; null when the last word was ours.</param>
/// <param name="WindowClosesAt">Until when WhatsApp takes free-form messages; null if the customer never wrote.</param>
public sealed record ConversationDetails(
    Guid Id, Guid CustomerId, string CustomerName, ConversationStatus Status, DateTimeOffset? SnoozedUntil,
    ConversationMode Mode, ConversationPriority Priority, Guid? AssigneeId, Guid? TeamId, int UnreadCount, string LastMessage,
    DateTimeOffset LastActivityAt, DateTimeOffset? WaitingSince, DateTimeOffset? WindowClosesAt, DateTimeOffset CreatedAt)
{
    public ConversationCursor Cursor => new(LastActivityAt, Id);

    internal static ConversationDetails Of(Conversation c) => new(
        c.Id, c.CustomerId, c.CustomerName, c.Status, c.SnoozedUntil, c.Mode, c.Priority, c.AssigneeId, c.TeamId, c.UnreadCount,
        c.LastMessagePreview, c.LastActivityAt, c.WaitingSince, c.WindowClosesAt, c.CreatedAt);
}

/// <summary>Which conversations; all that is null is no condition.</summary>
/// <param name="Search">Part of the customer's name, as the list shows it.</param>
/// <param name="IsUnassigned">Those of nobody.</param>
/// <param name="ActiveSince">In which something happened since.</param>
public sealed record ConversationSearchQuery(
    string? Search = null, ConversationStatus? Status = null, Guid? AssigneeId = null, bool IsUnassigned = false,
    Guid? CustomerId = null, Guid? LabelId = null, DateTimeOffset? ActiveSince = null);
