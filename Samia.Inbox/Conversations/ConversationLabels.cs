using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Puts labels on conversations. Whoever may settle a conversation may sort it.</summary>
public sealed class ConversationLabels(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions,
    VisibleConversations visible, TimeProvider time)
{
    /// <summary>By their names.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<List<LabelDetails>> OfAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from placed in db.ConversationLabels
            join label in db.Labels on placed.LabelId equals label.Id
            where placed.ConversationId == conversationId
            orderby label.Name
            select new LabelDetails(label.Id, label.Name, label.Color, label.Description, label.CreatedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>Does nothing if the conversation has the label.</summary>
    /// <returns>False if the business has no such label.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not settle conversations.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    [RequiresPermission(Permissions.Resolve)]
    public async Task<bool> AddAsync(Guid conversationId, Guid labelId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Resolve, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        return await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await sight.LockAsync(db, conversationId, ct);
            // Whoever deletes the label meanwhile waits, and takes it off this conversation too.
            var names = await db.Database.SqlQuery<string>($"select name as \"Value\" from labels where id = {labelId} for key share")
                .ToListAsync(ct);
            if (names.Count == 0)
            {
                return false;
            }

            if (!await db.ConversationLabels.AnyAsync(l => l.ConversationId == conversation.Id && l.LabelId == labelId, ct))
            {
                db.Add(new ConversationLabel { ConversationId = conversation.Id, LabelId = labelId });
                Log(db, live, "conversation.labeled", conversation.Id, names[0]);
            }

            return true;
        }, cancellationToken);
    }

    /// <summary>Does nothing if the conversation does not have the label.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not settle conversations.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    [RequiresPermission(Permissions.Resolve)]
    public async Task RemoveAsync(Guid conversationId, Guid labelId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Resolve, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await sight.LockAsync(db, conversationId, ct);
            var removed = await db.ConversationLabels.Where(l => l.ConversationId == conversation.Id && l.LabelId == labelId)
                .ExecuteDeleteAsync(ct);
            if (removed > 0)
            {
                var name = await db.Labels.Where(l => l.Id == labelId).Select(l => l.Name).SingleAsync(ct);
                Log(db, live, "conversation.unlabeled", conversation.Id, name);
            }
        }, cancellationToken);
    }

    private void Log(SamiaDbContext db, LiveChanges live, string action, Guid conversationId, string label)
    {
        live.Conversation(conversationId);
        db.Add(new ActivityLog { At = time.GetUtcNow(), Action = action, SubjectId = conversationId, SubjectName = label });
    }
}
