using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Customers;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Reads the conversation that somebody has open.</summary>
[RequiresPermission(Permissions.ViewConversations)]
public sealed class OpenConversations(
    IDbContextFactory<SamiaDbContext> contexts, CustomerDirectory customers, PermissionChecker permissions)
{
    /// <returns>
    /// The conversation, or the one that it was merged into, which has another id. Null if the business has no such
    /// conversation.
    /// </returns>
    /// <exception cref="NotPermittedException">The employee may not see conversations.</exception>
    public async Task<OpenConversation?> FindAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var conversation = await RowAsync(db, conversationId, cancellationToken);
        if (conversation is null && await db.MergedIntoAsync(conversationId, cancellationToken) is { } goesOn)
        {
            conversation = await RowAsync(db, goesOn, cancellationToken);
        }

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

    // By one id at a time: with an "or", or a coalesce, Postgres would read every conversation.
    private static Task<Conversation?> RowAsync(SamiaDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
}
