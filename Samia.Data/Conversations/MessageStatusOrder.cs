namespace Samia.Data;

/// <summary>Statuses arrive in any order and more than once; a message only ever moves forwards.</summary>
public static class MessageStatusOrder
{
    extension(MessageStatus current)
    {
        /// <summary>
        /// Failed may follow sent. Delivered, read and played prove that it arrived, so they overrule failed and are
        /// not overruled by it. A received message has no status to move.
        /// </summary>
        public bool MayBecome(MessageStatus next) =>
            current != MessageStatus.Received && next != MessageStatus.Received && next > current;
    }
}
