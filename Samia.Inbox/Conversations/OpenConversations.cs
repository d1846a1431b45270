using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Customers;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Reads the conversation that somebody has open.</summary>
public sealed class OpenConversations(
    IDbContextFactory<SamiaDbContext> contexts, CustomerDirectory customers, PermissionChecker permissions)
{
    /// <returns>Null if the business has no such conversation.</returns>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<OpenConversation?> FindAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var conversation = await db.Conversations.AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken);
        if (conversation is null)
        {
            return null;
        }

        var contact = await customers.ContactAsync(conversation.CustomerId, cancellationToken);
        return new OpenConversation(conversation.Id, conversation.CustomerName, contact, conversation.Status,
            conversation.Mode, conversation.AssigneeId, conversation.UnreadCount, conversation.WindowClosesAt);
    }
}
