namespace Samia.Inbox.Team;

/// <summary>A circuit that an employee has open on this node.</summary>
internal sealed record NodeCircuit(Guid Id, Guid BusinessId, Guid EmployeeId, DateTimeOffset OpenedAt);

/// <summary>What the database does not know yet of one business's circuits on this node.</summary>
internal sealed record CircuitChanges(
    Guid BusinessId, IReadOnlyList<NodeCircuit> Opened, IReadOnlyList<NodeCircuit> Closed);

/// <summary>
/// The circuits that are connected to this node. They only say here that they came or went; <see cref="PresenceWorker"/>
/// writes it down, many at a time. One that went counts for some seconds still, so that loading a page again, or a
/// short loss of the network, changes nothing for anybody.
/// </summary>
internal sealed class NodeCircuits(TimeProvider time)
{
    /// <summary>How long a circuit that lost its connection counts still.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, State> _circuits = [];

    /// <summary>Of this process.</summary>
    public Guid NodeId { get; } = Guid.CreateVersion7();

    /// <summary>It is connected, for the first time or again.</summary>
    public void Up(Guid circuitId, Guid businessId, Guid employeeId)
    {
        lock (_gate)
        {
            if (_circuits.TryGetValue(circuitId, out var known))
            {
                known.DownSince = null;
                return;
            }

            _circuits[circuitId] = new State(new NodeCircuit(circuitId, businessId, employeeId, time.GetUtcNow()));
        }
    }

    public void Down(Guid circuitId)
    {
        lock (_gate)
        {
            if (_circuits.TryGetValue(circuitId, out var known))
            {
                known.DownSince ??= time.GetUtcNow();
            }
        }
    }

    /// <summary>What is to be written now.</summary>
    public IReadOnlyList<CircuitChanges> Due()
    {
        var gone = time.GetUtcNow() - Grace;
        lock (_gate)
        {
            foreach (var never in _circuits.Values.Where(c => !c.IsWritten && c.DownSince <= gone).ToList())
            {
                _circuits.Remove(never.Circuit.Id);
            }

            return [.. _circuits.Values.Where(c => c.IsWritten ? c.DownSince <= gone : c.DownSince is null)
                .GroupBy(c => c.Circuit.BusinessId, (business, due) => Changes(business, due.ToLookup(c => c.IsWritten, c => c.Circuit)))];
        }
    }

    /// <summary>The changes are in the database.</summary>
    public void Written(CircuitChanges changes)
    {
        lock (_gate)
        {
            foreach (var state in changes.Opened.Select(c => _circuits.GetValueOrDefault(c.Id)).OfType<State>())
            {
                state.IsWritten = true;
            }

            foreach (var state in changes.Closed.Select(c => _circuits.GetValueOrDefault(c.Id)).OfType<State>())
            {
                // Unless it came back while it was being written.
                state.IsWritten = false;
                if (state.DownSince is not null)
                {
                    _circuits.Remove(state.Circuit.Id);
                }
            }
        }
    }

    /// <summary>The database has only these of what was written: others thought that this node was dead.</summary>
    public void Renewed(IReadOnlySet<Guid> circuitIds)
    {
        lock (_gate)
        {
            foreach (var lost in _circuits.Values.Where(c => c.IsWritten && !circuitIds.Contains(c.Circuit.Id)))
            {
                lost.IsWritten = false;
            }
        }
    }

    private static CircuitChanges Changes(Guid businessId, ILookup<bool, NodeCircuit> due) =>
        new(businessId, [.. due[false]], [.. due[true]]);

    private sealed class State(NodeCircuit circuit)
    {
        public NodeCircuit Circuit { get; } = circuit;
        public bool IsWritten { get; set; }
        public DateTimeOffset? DownSince { get; set; }
    }
}
