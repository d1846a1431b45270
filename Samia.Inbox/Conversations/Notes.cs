using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>An internal note by itself.</summary>
/// <param name="EmployeeId">Who wrote it; null if a program did.</param>
public sealed record NoteDetails(Guid Id, Guid ConversationId, Guid? EmployeeId, string Body, DateTimeOffset CreatedAt)
{
    internal static readonly Expression<Func<InternalNote, NoteDetails>> Projection =
        n => new NoteDetails(n.Id, n.ConversationId, n.EmployeeId, n.Body, n.CreatedAt);

    internal static readonly Func<InternalNote, NoteDetails> Of = Projection.Compile();
}

/// <summary>Internal notes: what colleagues tell each other in a thread. A customer never sees one.</summary>
public sealed class Notes(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions,
    VisibleConversations visible, TenantContext tenant, TimeProvider time, IStringLocalizer<Texts> texts)
{
    public const int MaxLength = 10_000;

    /// <summary>Adds a note. The same idempotency key, however often, makes one note.</summary>
    /// <returns>The note's id.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not write notes.</exception>
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

        var sight = await visible.SightAsync(cancellationToken);
        return await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await sight.LockAsync(db, conversationId, ct);
            var existing = await db.InternalNotes.Where(n => n.IdempotencyKey == idempotencyKey)
                .Select(n => n.Id).SingleOrDefaultAsync(ct);
            if (existing != Guid.Empty)
            {
                return existing;
            }

            var now = time.GetUtcNow();
            var note = new InternalNote
            {
                Id = MessageIds.Next(now, now), ConversationId = conversation.Id, EmployeeId = tenant.EmployeeId,
                Body = text, CreatedAt = now, IdempotencyKey = idempotencyKey,
            };
            db.Add(note);
            await Drafts.ForgetAsync(db, idempotencyKey, ct);
            live.Conversation(conversation.Id);
            return note.Id;
        }, cancellationToken);
    }

    /// <summary>The newest first, those before <paramref name="before"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<List<NoteDetails>> PageAsync(
        Guid conversationId, Guid? before, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.InternalNotes
            .Where(n => n.ConversationId == conversationId && (before == null || n.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(n => n.Id).Take(count)).ToListAsync(cancellationToken);
    }

    /// <returns>Null if the business has no such note.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not see conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<NoteDetails?> FindAsync(Guid noteId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.InternalNotes.Where(n => n.Id == noteId)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>A note that whoever acts has just written, and may see for that.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not write notes.</exception>
    [RequiresPermission(Permissions.WriteNotes)]
    public async Task<NoteDetails?> FindWrittenAsync(Guid noteId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.WriteNotes, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.InternalNotes.Where(n => n.Id == noteId && n.EmployeeId == tenant.EmployeeId))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<NoteDetails> Details(IQueryable<InternalNote> notes) =>
        notes.Select(NoteDetails.Projection);
}
