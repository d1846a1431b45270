using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Internal notes: what colleagues tell each other in a thread. A customer never sees one.</summary>
public sealed class Notes(
    LiveTransaction transaction, PermissionChecker permissions, TenantContext tenant, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxLength = 10_000;

    /// <summary>Adds a note. The same idempotency key, however often, makes one note.</summary>
    /// <returns>The note's id.</returns>
    /// <exception cref="NotPermittedException">The employee may not write notes.</exception>
    /// <exception cref="ArgumentException">The text is empty or too long; the message is for people.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    [RequiresPermission(Permissions.WriteNotes)]
    public async Task<Guid> AddAsync(
        Guid conversationId, string text, Guid idempotencyKey, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.WriteNotes, cancellationToken);
        text = text.Trim();
        if (text.Length is 0 or > MaxLength)
        {
            throw new ArgumentException(text.Length == 0
                ? texts["Write something into the note."]
                : texts["A note has at most {0} characters; this has {1}.", MaxLength, text.Length]);
        }

        return await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await db.LockConversationAsync(conversationId, ct)
                ?? throw new ConversationNotFoundException(conversationId);
            var existing = await db.InternalNotes.Where(n => n.IdempotencyKey == idempotencyKey)
                .Select(n => n.Id).SingleOrDefaultAsync(ct);
            if (existing != Guid.Empty)
            {
                return existing;
            }

            var now = time.GetUtcNow();
            var note = new InternalNote
            {
                Id = MessageIds.Next(now, now), ConversationId = conversation.Id, EmployeeId = tenant.EmployeeId!.Value,
                Body = text, CreatedAt = now, IdempotencyKey = idempotencyKey,
            };
            db.Add(note);
            await Drafts.ForgetAsync(db, idempotencyKey, ct);
            live.Conversation(conversation.Id);
            return note.Id;
        }, cancellationToken);
    }
}
