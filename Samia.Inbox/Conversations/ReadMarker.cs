using System.Text.Json;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Clears a conversation's badge when somebody who can answer opens it, and tells WhatsApp that it was read.</summary>
public sealed class ReadMarker(LiveTransaction transaction, PermissionChecker permissions, VisibleConversations visible, TimeProvider time)
{
    /// <summary>Not for an employee who may only look: the team still has it to read.</summary>
    /// <exception cref="NotPermittedException">The employee may not reply.</exception>
    /// <exception cref="ConversationNotFoundException">The business has no such conversation, or it is not seen.</exception>
    [RequiresPermission(Permissions.Reply)]
    public async Task MarkReadAsync(Guid conversationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Reply, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var conversation = await sight.LockAsync(db, conversationId, ct);
            if (conversation.UnreadCount == 0 && conversation.UnreadWamid is null)
            {
                return;
            }

            conversation.UnreadCount = 0;
            if (conversation.UnreadWamid is { } wamid)
            {
                // WhatsApp marks the earlier messages of the chat with it.
                db.Add(new OutboxEntry
                {
                    Kind = OutboxKind.MarkRead, DueAt = time.GetUtcNow(), Payload = JsonSerializer.Serialize(new { wamid }),
                });
                conversation.UnreadWamid = null;
            }

            live.Conversation(conversation.Id);
        }, cancellationToken);
    }
}
