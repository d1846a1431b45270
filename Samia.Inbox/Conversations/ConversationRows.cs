using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Conversations;

internal static class ConversationRows
{
    /// <summary>
    /// Reads a conversation and locks its row until the transaction ends, so that messages of one conversation are
    /// added one after another. Null if the business has no such conversation.
    /// </summary>
    public static async Task<Conversation?> LockConversationAsync(
        this SamiaDbContext db, Guid conversationId, CancellationToken cancellationToken)
    {
        var rows = await db.Conversations.FromSql($"select * from conversations where id = {conversationId} for update")
            .ToListAsync(cancellationToken);
        return rows.SingleOrDefault();
    }
}
