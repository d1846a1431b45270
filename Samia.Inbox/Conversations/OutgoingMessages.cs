using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Customers;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>A message that waits to be handed to WhatsApp.</summary>
/// <param name="Id">Sent along, so that statuses tell which message they are of.</param>
/// <param name="To">The customer, as known now.</param>
/// <param name="SentAt">When the employee pressed send.</param>
public sealed record OutgoingMessage(
    Guid Id, CustomerAddress To, MessageKind Kind, string Body, string? ReplyToWamid, DateTimeOffset SentAt);

/// <summary>What the dispatcher needs to know of a message that it is to send.</summary>
[RequiresProduct]
public sealed class OutgoingMessages(IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant)
{
    /// <summary>Null if there is nothing to send any more: WhatsApp has it, or it failed.</summary>
    public async Task<OutgoingMessage?> FindQueuedAsync(Guid messageId, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var message = await db.Messages.AsNoTracking()
            .SingleOrDefaultAsync(m => m.Id == messageId && m.Status == MessageStatus.Queued, cancellationToken);
        if (message is null)
        {
            return null;
        }

        var customerId = await db.Conversations.Where(c => c.Id == message.ConversationId)
            .Select(c => c.CustomerId).SingleAsync(cancellationToken);
        return new OutgoingMessage(message.Id, await CustomerAddress.OfAsync(db, customerId, cancellationToken),
            message.Kind, message.Body, message.ReplyToWamid, message.SentAt);
    }
}
