using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Closes the work on a conversation and opens it again. A customer's next message opens it too.</summary>
public sealed class ConversationStatuses(
    LiveTransaction transaction, PermissionChecker permissions, VisibleConversations visible, TenantContext tenant, TimeProvider time)
{
    /// <exception cref="NotPermittedException">The employee may not resolve.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    [RequiresPermission(Permissions.Resolve)]
    public Task ResolveAsync(Guid conversationId, CancellationToken cancellationToken) =>
        ChangeAsync(conversationId, ConversationStatus.Resolved, "conversation.resolved", cancellationToken);

    /// <exception cref="NotPermittedException">The employee may not resolve.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation.</exception>
    [RequiresPermission(Permissions.Resolve)]
    public Task ReopenAsync(Guid conversationId, CancellationToken cancellationToken) =>
        ChangeAsync(conversationId, ConversationStatus.Open, "conversation.reopened", cancellationToken);

    private async Task ChangeAsync(
        Guid conversationId, ConversationStatus status, string action, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Resolve, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await sight.LockAsync(db, conversationId, ct);
            if (conversation.Status == status)
            {
                return;
            }

            (conversation.Status, conversation.SnoozedUntil) = (status, null);
            if (status == ConversationStatus.Resolved)
            {
                conversation.WaitingSince = null;
            }
            else
            {
                await Handback.IfGoneAsync(db, conversation, time.GetUtcNow(), ct);
            }

            db.Add(new ActivityLog
            {
                At = time.GetUtcNow(), EmployeeId = tenant.EmployeeId, Action = action, SubjectId = conversation.Id,
            });
            live.Conversation(conversation.Id);
        }, cancellationToken);
    }
}
