using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Conversations;

/// <summary>Moves all that was said with one customer to another who is the same person.</summary>
internal static class ConversationMerge
{
    /// <summary>
    /// In the caller's transaction. Afterwards nothing refers to the duplicate any more; where its conversation went is
    /// noted as a <see cref="MergedConversation"/>.
    /// </summary>
    public static async Task MergeAsync(
        SamiaDbContext db, LiveChanges live, Guid customerId, Guid duplicateId, CancellationToken cancellationToken)
    {
        var locked = await db.Conversations.FromSql(
            $"select * from conversations where customer_id in ({customerId}, {duplicateId}) order by id for update")
            .ToListAsync(cancellationToken);
        var kept = locked.SingleOrDefault(c => c.CustomerId == customerId);
        var gone = locked.SingleOrDefault(c => c.CustomerId == duplicateId);
        if (gone is null)
        {
            return;
        }

        live.Conversation(gone.Id);
        if (kept is null)
        {
            gone.CustomerId = customerId;
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        live.Conversation(kept.Id);

        Combine(kept, gone);
        await db.SaveChangesAsync(cancellationToken);
        await MoveRowsAsync(db, gone.Id, kept.Id, cancellationToken);
        db.Remove(gone);
        db.Add(new MergedConversation { Id = gone.Id, IntoConversationId = kept.Id });
        await db.SaveChangesAsync(cancellationToken);
    }

    private static void Combine(Conversation kept, Conversation gone)
    {
        kept.UnreadCount += gone.UnreadCount;
        // Whoever did what is resolved may have left.
        var (keptIsDone, goneIsDone) = (kept.Status == ConversationStatus.Resolved, gone.Status == ConversationStatus.Resolved);
        kept.AssigneeId = keptIsDone == goneIsDone ? kept.AssigneeId ?? gone.AssigneeId : keptIsDone ? gone.AssigneeId : kept.AssigneeId;
        kept.WindowClosesAt = Later(kept.WindowClosesAt, gone.WindowClosesAt);
        kept.WaitingSince = kept.WaitingSince is null || gone.WaitingSince < kept.WaitingSince ? gone.WaitingSince : kept.WaitingSince;
        kept.Priority = gone.Priority > kept.Priority ? gone.Priority : kept.Priority;
        if (gone.Status == ConversationStatus.Open)
        {
            (kept.Status, kept.SnoozedUntil) = (ConversationStatus.Open, null);
        }

        if (gone.LastActivityAt > kept.LastActivityAt)
        {
            kept.LastActivityAt = gone.LastActivityAt;
            kept.UnreadWamid = gone.UnreadWamid ?? kept.UnreadWamid;
        }

        if (gone.LastMessageId is { } last && (kept.LastMessageId is not { } own || last.CompareTo(own) > 0))
        {
            kept.LastMessageId = last;
            kept.LastMessagePreview = gone.LastMessagePreview;
            kept.LastMessageKind = gone.LastMessageKind;
            kept.LastMessageDirection = gone.LastMessageDirection;
            kept.LastMessageStatus = gone.LastMessageStatus;
            kept.WaitingSince = gone.WaitingSince;
        }
    }

    private static async Task MoveRowsAsync(SamiaDbContext db, Guid from, Guid to, CancellationToken cancellationToken)
    {
        // Outstanding sends keep their own order, and from now on that of the conversation they went to.
        await db.Database.ExecuteSqlAsync($"update outbox set lane = {to} where lane = {from}", cancellationToken);
        // An employee who had a draft in both keeps both texts.
        await db.Database.ExecuteSqlAsync($"""
            update conversation_drafts kept set body = concat_ws(E'\n', nullif(kept.body, ''), nullif(gone.body, ''))
            from conversation_drafts gone
            where kept.conversation_id = {to} and gone.conversation_id = {from} and gone.employee_id = kept.employee_id
            """, cancellationToken);
        await db.ConversationDrafts.Where(d => d.ConversationId == from && db.ConversationDrafts
                .Any(k => k.ConversationId == to && k.EmployeeId == d.EmployeeId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.ConversationLabels.Where(l => l.ConversationId == from && db.ConversationLabels
                .Any(k => k.ConversationId == to && k.LabelId == l.LabelId))
            .ExecuteDeleteAsync(cancellationToken);
        await db.MoveReferencesAsync<Conversation>(from, to, cancellationToken);
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
