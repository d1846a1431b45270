using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Conversations;

internal static class ConversationRows
{
    /// <summary>
    /// Reads a conversation and locks its row until the transaction ends, so that messages of one conversation are
    /// added one after another. Of a conversation that was merged it is the one that goes on, which has another id.
    /// Null if the business has no such conversation.
    /// </summary>
    public static async Task<Conversation?> LockConversationAsync(
        this SamiaDbContext db, Guid conversationId, CancellationToken cancellationToken)
    {
        for (Guid? id = conversationId; id is not null; id = await db.MergedIntoAsync(id.Value, cancellationToken))
        {
            var rows = await db.Conversations.FromSql($"select * from conversations where id = {id} for update")
                .ToListAsync(cancellationToken);
            if (rows.Count == 1)
            {
                return rows[0];
            }
        }

        return null;
    }

    /// <summary>The conversation that goes on for one that is gone; null if it was not merged.</summary>
    public static async Task<Guid?> MergedIntoAsync(
        this SamiaDbContext db, Guid conversationId, CancellationToken cancellationToken) =>
        await db.MergedConversations.Where(m => m.Id == conversationId)
            .Select(m => (Guid?)m.IntoConversationId).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The customer has another name. In the transaction that changes it.</summary>
    /// <returns>The conversation that shows it; null if there is none.</returns>
    public static async Task<Guid?> RenameCustomerAsync(
        this SamiaDbContext db, Guid customerId, string name, CancellationToken cancellationToken)
    {
        var conversation = (await db.Conversations
            .FromSql($"select * from conversations where customer_id = {customerId} for update").ToListAsync(cancellationToken))
            .SingleOrDefault();
        conversation?.CustomerName = name;
        return conversation?.Id;
    }
}
