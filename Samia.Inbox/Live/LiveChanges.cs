namespace Samia.Inbox.Live;

/// <summary>Collects what one transaction changes.</summary>
public sealed class LiveChanges
{
    private readonly HashSet<Guid> _conversations = [];
    private readonly HashSet<Guid> _colleagues = [];
    private bool _business;
    private bool _permissions;

    public bool IsEmpty => _conversations.Count == 0 && _colleagues.Count == 0 && !_business && !_permissions;

    public void Conversation(Guid conversationId) => _conversations.Add(conversationId);

    /// <summary>Something of an employee that colleagues see, or whether they may sign in.</summary>
    public void Colleague(Guid employeeId) => _colleagues.Add(employeeId);

    public void Business() => _business = true;

    /// <summary>A role changed, or an employee's role or teams, and with them what people may see and do.</summary>
    public void Permissions() => _permissions = true;

    public LiveEvent ToEvent(Guid businessId, long sequence) =>
        new(businessId, sequence, [.. _conversations], _business) { ColleagueIds = [.. _colleagues], PermissionsChanged = _permissions };
}
