using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Writes what became of a message that was handed to WhatsApp. Its outbox entry goes in the same transaction.</summary>
[RequiresProduct]
public sealed class SendOutcome(LiveTransaction transaction, TenantContext tenant)
{
    /// <summary>WhatsApp accepted the message under this wamid.</summary>
    public Task SentAsync(Guid messageId, string wamid, CancellationToken cancellationToken) =>
        ChangeAsync(messageId, async (db, message, ct) =>
        {
            // The status webhook may have been quicker than the answer, and told the wamid already.
            if (message.Wamid is null)
            {
                await GotWamidAsync(db, message, wamid, ct);
            }
        }, cancellationToken);

    /// <summary>The message was given up, for a reason that is a sentence for people.</summary>
    public Task FailedAsync(Guid messageId, int? errorCode, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(messageId, async (db, message, ct) =>
        {
            await DropEntriesAsync(db, message.Id, ct);
            if (message.Status == MessageStatus.Queued)
            {
                (message.Status, message.ErrorCode, message.ErrorText) = (MessageStatus.Failed, errorCode, reason);
            }
        }, cancellationToken);

    /// <summary>Ties a message of ours to WhatsApp's id for it, in the caller's transaction, its conversation locked.</summary>
    internal static async Task GotWamidAsync(
        SamiaDbContext db, Message message, string wamid, CancellationToken cancellationToken)
    {
        await HeldEvents.LockAsync(db, wamid, cancellationToken);
        message.Wamid = wamid;
        if (message.Status.MayBecome(MessageStatus.Sent))
        {
            message.Status = MessageStatus.Sent;
        }

        await DropEntriesAsync(db, message.Id, cancellationToken);
        foreach (var held in await HeldEvents.TakeAsync(db, wamid, cancellationToken))
        {
            MessageChanges.Apply(message, held);
        }
    }

    private Task ChangeAsync(
        Guid messageId, Func<SamiaDbContext, Message, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        return transaction.RunAsync(async (db, live, ct) =>
        {
            var conversationId = await db.Messages.Where(m => m.Id == messageId)
                .Select(m => m.ConversationId).SingleAsync(ct);
            var conversation = (await db.LockConversationAsync(conversationId, ct))!;
            var message = await db.Messages.SingleAsync(m => m.Id == messageId, ct);
            await change(db, message, ct);
            conversation.Changed(message);
            live.Conversation(conversation.Id);
        }, cancellationToken);
    }

    private static Task<int> DropEntriesAsync(SamiaDbContext db, Guid messageId, CancellationToken cancellationToken) =>
        db.Outbox.Where(o => o.MessageId == messageId).ExecuteDeleteAsync(cancellationToken);
}
