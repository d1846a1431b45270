using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>What somebody has typed and not sent.</summary>
/// <param name="Text">May be empty.</param>
/// <param name="Key">The idempotency key that sending it will use.</param>
public sealed record Draft(string Text, Guid Key);

/// <summary>Keeps each employee's draft of each conversation, and knows which drafts were sent already.</summary>
public sealed class Drafts(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, TenantContext tenant, TimeProvider time)
{
    /// <summary>
    /// What the composer is to show. The browser may hold a newer text than the database (typed while the connection was
    /// away), or one whose sending it never heard confirmed.
    /// </summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="local">What the browser holds, if it does.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Draft> RestoreAsync(Guid conversationId, Draft? local, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (local is { Text.Length: > 0 } && !await WasSentAsync(db, local.Key, cancellationToken))
        {
            return local;
        }

        var stored = await db.ConversationDrafts.AsNoTracking()
            .Where(d => d.ConversationId == conversationId && d.EmployeeId == tenant.EmployeeId)
            .Select(d => new Draft(d.Body, d.IdempotencyKey)).SingleOrDefaultAsync(cancellationToken);
        return stored ?? new Draft("", Guid.NewGuid());
    }

    /// <summary>Keeps the draft; an empty one is forgotten. One that was sent in the meantime stays forgotten.</summary>
    /// <exception cref="NotPermittedException">The employee may neither reply nor write notes.</exception>
    public async Task SaveAsync(Guid conversationId, Draft draft, CancellationToken cancellationToken)
    {
        if (!await permissions.MayAsync(Permissions.Reply, cancellationToken))
        {
            await permissions.DemandAsync(Permissions.WriteNotes, cancellationToken);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (string.IsNullOrWhiteSpace(draft.Text))
        {
            await db.ConversationDrafts
                .Where(d => d.ConversationId == conversationId && d.EmployeeId == tenant.EmployeeId)
                .ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            insert into conversation_drafts (business_id, id, conversation_id, employee_id, body, idempotency_key, updated_at)
            select {tenant.BusinessId}, {Guid.CreateVersion7()}, {conversationId}, {tenant.EmployeeId}, {draft.Text}, {draft.Key}, {now}
            where not exists (select from messages where idempotency_key = {draft.Key})
                and not exists (select from internal_notes where idempotency_key = {draft.Key})
            on conflict (business_id, conversation_id, employee_id)
            do update set body = excluded.body, idempotency_key = excluded.idempotency_key, updated_at = excluded.updated_at
            """, cancellationToken);
    }

    /// <summary>Forgets the draft with this key, in the transaction that sends it.</summary>
    internal static Task ForgetAsync(SamiaDbContext db, Guid key, CancellationToken cancellationToken) =>
        db.ConversationDrafts.Where(d => d.IdempotencyKey == key).ExecuteDeleteAsync(cancellationToken);

    private static async Task<bool> WasSentAsync(SamiaDbContext db, Guid key, CancellationToken cancellationToken) =>
        await db.Messages.AnyAsync(m => m.IdempotencyKey == key, cancellationToken)
        || await db.InternalNotes.AnyAsync(n => n.IdempotencyKey == key, cancellationToken);
}
