namespace Samia.Inbox.Live;

/// <summary>Collects what one transaction changes.</summary>
public sealed class LiveChanges
{
    private readonly HashSet<Guid> _conversations = [];
    private bool _business;

    public bool IsEmpty => _conversations.Count == 0 && !_business;

    public void Conversation(Guid conversationId) => _conversations.Add(conversationId);

    public void Business() => _business = true;

    public LiveEvent ToEvent(Guid businessId, long sequence) => new(businessId, sequence, [.. _conversations], _business);
}
