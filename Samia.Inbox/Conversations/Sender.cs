using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Turns what an employee, or a program of the business, sends into a queued message and its outbox entry, in one transaction. WhatsApp is called
/// later, by the dispatcher.
/// </summary>
[RequiresPermission(Permissions.Reply)]
public sealed class Sender(
    LiveTransaction transaction, PermissionChecker permissions, VisibleConversations visible, BusinessStanding standing,
    ConversationCount count, TenantContext tenant, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>The Cloud API's limit of <c>text.body</c>, in characters.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>
    /// Sends a text. The same idempotency key, however often, makes one message. If the conversation was merged, the
    /// text goes where its messages went.
    /// </summary>
    /// <returns>The message's id.</returns>
    /// <exception cref="NotPermittedException">The employee may not reply, or the business is suspended.</exception>
    /// <exception cref="UsageLimitException">It would begin a conversation, and the plan has none left.</exception>
    /// <exception cref="ArgumentException">The text is empty or too long; the message is for people.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    public async Task<Guid> SendTextAsync(
        Guid conversationId, string text, Guid idempotencyKey, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Reply, cancellationToken);
        text = text.Trim();
        if (text.Length is 0 or > MaxTextLength)
        {
            throw new ArgumentException(text.Length == 0
                ? texts["Write something to send."]
                : texts["WhatsApp takes at most {0} characters; this has {1}. Send it in parts.", MaxTextLength, text.Length]);
        }

        return await QueueAsync(conversationId, text, replyTo: null, idempotencyKey, cancellationToken);
    }

    /// <summary>Sends a failed message's content again, as a new message. The failed one stays in the thread.</summary>
    /// <exception cref="NotPermittedException">The employee may not reply.</exception>
    /// <exception cref="InvalidOperationException">The message did not fail; the message is for people.</exception>
    public async Task<Guid> SendAgainAsync(Guid failedMessageId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Reply, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        var failed = await transaction.RunAsync((db, _, ct) => db.Messages
            .Where(m => m.Id == failedMessageId && m.Status == MessageStatus.Failed && sight.In(db).Any(c => c.Id == m.ConversationId))
            .Select(m => new { m.ConversationId, m.Body, m.ReplyToWamid }).SingleOrDefaultAsync(ct), cancellationToken)
            ?? throw new InvalidOperationException(texts["Only a message that failed can be sent again."]);

        // The failed message's id is the key: pressing twice sends once.
        return await QueueAsync(failed.ConversationId, failed.Body, failed.ReplyToWamid, failedMessageId, cancellationToken);
    }

    private async Task<Guid> QueueAsync(
        Guid conversationId, string text, string? replyTo, Guid idempotencyKey, CancellationToken cancellationToken)
    {
        var sight = await visible.SightAsync(cancellationToken);
        return await transaction.RunAsync(async (db, live, ct) =>
        {
            await standing.DemandMaySendAsync(db, ct);
            var conversation = await sight.LockAsync(db, conversationId, ct);
            var existing = await db.Messages.Where(m => m.IdempotencyKey == idempotencyKey)
                .Select(m => m.Id).SingleOrDefaultAsync(ct);
            if (existing != Guid.Empty)
            {
                return existing;
            }

            var now = time.GetUtcNow();
            var message = new Message
            {
                Id = MessageIds.Next(now, now),
                ConversationId = conversation.Id,
                Direction = MessageDirection.Outbound,
                Author = tenant.ActorKind == ActorKind.ApiToken ? MessageAuthor.Api : MessageAuthor.Employee,
                EmployeeId = tenant.EmployeeId,
                Kind = MessageKind.Text,
                Body = text,
                ReplyToWamid = replyTo,
                Status = MessageStatus.Queued,
                SentAt = now,
                IdempotencyKey = idempotencyKey,
            };
            db.Add(message);
            db.Add(new OutboxEntry
            {
                Kind = OutboxKind.SendMessage, Lane = conversation.Id, MessageId = message.Id, DueAt = now,
                Id = MessageIds.Next(now, now),
            });
            await Drafts.ForgetAsync(db, idempotencyKey, ct);
            var begins = await count.DueAsync(db, conversation, message, now, ct);
            conversation.Added(message, now);
            live.Conversation(conversation.Id);
            if (begins is not null)
            {
                await count.DemandAsync(db, live, conversation, begins, now, ct);
            }

            return message.Id;
        }, cancellationToken);
    }
}
