using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Customers;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Reads the conversation that somebody has open.</summary>
[RequiresPermission(Permissions.ViewConversations), RequiresPermission(Permissions.ViewAssigned)]
public sealed class OpenConversations(
    IDbContextFactory<SamiaDbContext> contexts, CustomerDirectory customers, VisibleConversations visible,
    PermissionChecker permissions)
{
    /// <returns>
    /// The conversation, or the one that it was merged into, which has another id. Null if the business has no such
    /// conversation, or it is not seen.
    /// </returns>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<OpenConversation?> FindAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        var sight = await visible.DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var conversation = await sight.FindAsync(db, conversationId, cancellationToken);
        if (conversation is null)
        {
            return null;
        }

        var contact = await permissions.MayAsync(Permissions.ViewCustomers, cancellationToken)
            ? await customers.ContactAsync(conversation.CustomerId, cancellationToken)
            : "";
        var formerIds = await db.MergedConversations.Where(m => m.IntoConversationId == conversation.Id)
            .Select(m => m.Id).ToListAsync(cancellationToken);
        return new OpenConversation(conversation.Id, conversation.CustomerName, contact, conversation.Status,
            conversation.Mode, conversation.AssigneeId, conversation.UnreadCount, conversation.WindowClosesAt,
            formerIds);
    }
}
