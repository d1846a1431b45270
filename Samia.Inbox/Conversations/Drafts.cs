using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>What somebody has typed and not sent.</summary>
/// <param name="Text">May be empty.</param>
/// <param name="Key">The idempotency key that sending it will use.</param>
public sealed record Draft(string Text, Guid Key);

/// <summary>Keeps each employee's draft of each conversation, and knows which drafts were sent already.</summary>
[RequiresPermission(Permissions.Reply), RequiresPermission(Permissions.WriteNotes)]
public sealed class Drafts(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, VisibleConversations visible,
    TenantContext tenant, TimeProvider time)
{
    /// <summary>
    /// What the composer is to show. The browser may hold a newer text than the database (typed while the connection was
    /// away), or one whose sending it never heard confirmed.
    /// </summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="local">What the browser holds, if it does.</param>
    /// <param name="former">What it holds of conversations that were merged into this one: nothing of it is to be lost.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="NotPermittedException">The employee may neither reply nor write notes.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation, or it is not seen.</exception>
    public async Task<Draft> RestoreAsync(
        Guid conversationId, Draft? local, IReadOnlyList<Draft> former, CancellationToken cancellationToken)
    {
        await DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await (await visible.SightAsync(cancellationToken)).DemandAsync(db, conversationId, cancellationToken);
        var draft = await RestoreAsync(db, conversationId, local, cancellationToken);
        foreach (var other in former)
        {
            if (other.Text.Length > 0 && !await WasSentAsync(db, other.Key, cancellationToken))
            {
                draft = Join(draft, other);
            }
        }

        return draft;
    }

    /// <summary>
    /// Keeps the draft; an empty one is forgotten. One that was sent in the meantime stays forgotten. If the conversation
    /// was merged, its draft is kept with the one that goes on, unless that has a draft of its own.
    /// </summary>
    /// <exception cref="NotPermittedException">The employee may neither reply nor write notes.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation, or it is not seen.</exception>
    public async Task SaveAsync(Guid conversationId, Draft draft, CancellationToken cancellationToken)
    {
        await DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await (await visible.SightAsync(cancellationToken)).DemandAsync(db, conversationId, cancellationToken);
        if (string.IsNullOrWhiteSpace(draft.Text))
        {
            await db.ConversationDrafts
                .Where(d => d.EmployeeId == tenant.EmployeeId
                    && (d.ConversationId == conversationId || d.IdempotencyKey == draft.Key))
                .ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var now = time.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            insert into conversation_drafts (business_id, id, conversation_id, employee_id, body, idempotency_key, updated_at)
            select {tenant.BusinessId}, {Guid.CreateVersion7()}, coalesce(merged.into_conversation_id, {conversationId}),
                {tenant.EmployeeId}, {draft.Text}, {draft.Key}, {now}
            from (select) one left join merged_conversations merged on merged.id = {conversationId}
            where not exists (select from messages where idempotency_key = {draft.Key})
                and not exists (select from internal_notes where idempotency_key = {draft.Key})
            on conflict (business_id, conversation_id, employee_id)
            do update set body = excluded.body, idempotency_key = excluded.idempotency_key, updated_at = excluded.updated_at
            where excluded.conversation_id = {conversationId} or conversation_drafts.idempotency_key = excluded.idempotency_key
            """, cancellationToken);
    }

    /// <summary>Forgets the draft with this key, in the transaction that sends it.</summary>
    internal static Task ForgetAsync(SamiaDbContext db, Guid key, CancellationToken cancellationToken) =>
        db.ConversationDrafts.Where(d => d.IdempotencyKey == key).ExecuteDeleteAsync(cancellationToken);

    private Task DemandAsync(CancellationToken cancellationToken) =>
        permissions.DemandAnyAsync([Permissions.Reply, Permissions.WriteNotes], cancellationToken);

    private async Task<Draft> RestoreAsync(
        SamiaDbContext db, Guid conversationId, Draft? local, CancellationToken cancellationToken)
    {
        if (local is { Text.Length: > 0 } && !await WasSentAsync(db, local.Key, cancellationToken))
        {
            return local;
        }

        var stored = await db.ConversationDrafts.AsNoTracking()
            .Where(d => d.ConversationId == conversationId && d.EmployeeId == tenant.EmployeeId)
            .Select(d => new Draft(d.Body, d.IdempotencyKey)).SingleOrDefaultAsync(cancellationToken);
        return stored ?? new Draft("", Guid.NewGuid());
    }

    // A draft that moved along with its conversation is the same one, and the browser's text of it is the newer.
    private static Draft Join(Draft draft, Draft other) =>
        draft.Text.Length == 0 || draft.Key == other.Key ? other
        : draft.Text.Contains(other.Text, StringComparison.Ordinal) ? draft
        : draft with { Text = draft.Text + "\n" + other.Text };

    private static async Task<bool> WasSentAsync(SamiaDbContext db, Guid key, CancellationToken cancellationToken) =>
        await db.Messages.AnyAsync(m => m.IdempotencyKey == key, cancellationToken)
        || await db.InternalNotes.AnyAsync(n => n.IdempotencyKey == key, cancellationToken);
}
