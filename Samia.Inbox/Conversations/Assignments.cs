using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>One change of who is to answer; null means nobody, and for <paramref name="ByEmployeeId"/> a program.</summary>
public sealed record AssignmentDetails(
    Guid Id, Guid? FromEmployeeId, Guid? ToEmployeeId, Guid? ByEmployeeId, DateTimeOffset AssignedAt);

/// <summary>Hands conversations to employees, and back to nobody.</summary>
public sealed class Assignments(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions,
    VisibleConversations visible, TenantContext tenant, TimeProvider time)
{
    /// <summary>Does nothing if the conversation is theirs already.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="employeeId">The new assignee; null for nobody.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="NotPermittedException">The employee may not assign.</exception>
    /// <exception cref="ArgumentException">The assignee has left or never was here; the message is for people.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    [RequiresPermission(Permissions.Assign)]
    public async Task AssignAsync(Guid conversationId, Guid? employeeId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Assign, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await sight.LockAsync(db, conversationId, ct);
            if (conversation.AssigneeId == employeeId)
            {
                return;
            }

            if (employeeId is { } id && !await Colleagues.HoldActiveAsync(db, id, ct))
            {
                throw new ArgumentException("This colleague does not work here any more. Choose somebody else.");
            }

            var now = time.GetUtcNow();
            db.Add(new ConversationAssignment
            {
                ConversationId = conversation.Id, FromEmployeeId = conversation.AssigneeId, ToEmployeeId = employeeId,
                ByEmployeeId = tenant.EmployeeId, AssignedAt = now,
            });
            db.Add(new ActivityLog
            {
                At = now, EmployeeId = tenant.EmployeeId, Action = "conversation.assigned", SubjectId = conversation.Id,
            });
            conversation.AssigneeId = employeeId;
            live.Conversation(conversation.Id);
        }, cancellationToken);
    }

    /// <summary>What was assigned to whom, the newest first, before <paramref name="before"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<List<AssignmentDetails>> PageAsync(
        Guid conversationId, Guid? before, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ConversationAssignments
            .Where(a => a.ConversationId == conversationId && (before == null || a.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(a => a.Id).Take(count)
            .Select(a => new AssignmentDetails(a.Id, a.FromEmployeeId, a.ToEmployeeId, a.ByEmployeeId, a.AssignedAt))
            .ToListAsync(cancellationToken);
    }
}
