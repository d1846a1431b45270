using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Counts the conversations that begin or come back in a billing month (see <see cref="Plan.MonthlyConversations"/>), once
/// each. That a conversation is counted already its last activity tells, so its further messages cost no statement.
/// </summary>
public sealed class ConversationCount(BillingMonths months, Usage usage)
{
    /// <summary>
    /// The month in which the conversation is to be counted with this message; null if it is counted already. Ask before
    /// the message is added, with the conversation's row locked.
    /// </summary>
    internal async Task<BillingMonth?> DueAsync(
        SamiaDbContext db, Conversation conversation, Message message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (message.Kind == MessageKind.System)
        {
            return null;
        }

        var month = await months.OfAsync(db, now, cancellationToken);
        return conversation.LastMessageId is null || month.IsAfter(conversation.LastActivityAt) ? month : null;
    }

    /// <summary>What customers begin, or what was begun elsewhere, is never refused.</summary>
    internal async Task AddAsync(
        SamiaDbContext db, LiveChanges live, IEnumerable<BillingMonth> begun, CancellationToken cancellationToken)
    {
        foreach (var month in begun.GroupBy(m => m))
        {
            await usage.CountAsync(db, live, UsageMetric.Conversations, month.Count(), month.Key, cancellationToken);
        }
    }

    /// <summary>
    /// We begin the conversation, or answer a customer who wrote in the month before. As long as WhatsApp takes answers it
    /// is an answer, which is never refused.
    /// </summary>
    /// <exception cref="UsageLimitException">The plan has no conversation left in this month.</exception>
    internal Task DemandAsync(
        SamiaDbContext db, LiveChanges live, Conversation conversation, BillingMonth month, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        conversation.WindowClosesAt > now
            ? usage.CountAsync(db, live, UsageMetric.Conversations, 1, month, cancellationToken)
            : usage.DemandAsync(db, live, UsageMetric.Conversations, 1, month, cancellationToken);
}
