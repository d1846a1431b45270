using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Keeps what the list shows of a conversation in step with its messages. Call it in the transaction that adds or
/// changes the message, with the conversation's row locked.
/// </summary>
internal static class ConversationSummary
{
    extension(Conversation conversation)
    {
        /// <summary>
        /// A message was added. One that is older than the last does not become the preview, and a line of WhatsApp
        /// itself is nothing that anybody waits for.
        /// </summary>
        public void Added(Message message, DateTimeOffset now)
        {
            if (message.Kind == MessageKind.System)
            {
                return;
            }

            conversation.LastActivityAt = now > conversation.LastActivityAt ? now : conversation.LastActivityAt;
            if (conversation.LastMessageId is null || IsLater(message.Id, conversation.LastMessageId.Value))
            {
                conversation.LastMessageId = message.Id;
                conversation.Shows(message);
                conversation.WaitingSince = message.Direction == MessageDirection.Inbound
                    ? conversation.WaitingSince ?? message.SentAt
                    : null;
            }

            if (message.Direction == MessageDirection.Inbound)
            {
                conversation.UnreadCount++;
                conversation.UnreadWamid = message.Wamid;
                conversation.Status = ConversationStatus.Open;
                conversation.SnoozedUntil = null;
            }
        }

        /// <summary>A message changed its status or content; matters only if the list shows it.</summary>
        public void Changed(Message message)
        {
            if (message.Id == conversation.LastMessageId)
            {
                conversation.Shows(message);
            }
        }

        private void Shows(Message message)
        {
            conversation.LastMessagePreview = message.RevokedAt is null ? MessagePreview.Of(message.Body) : "";
            conversation.LastMessageKind = message.Kind;
            conversation.LastMessageDirection = message.Direction;
            conversation.LastMessageStatus = message.Status;
        }
    }

    // Postgres orders uuid by its bytes, which Guid.CompareTo does too for the big-endian fields of a UUIDv7.
    private static bool IsLater(Guid id, Guid than) => id.CompareTo(than) > 0;
}
