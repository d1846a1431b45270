namespace Samia.Inbox.Live;

/// <summary>Who on this node listens to one business, and which of its events they have had.</summary>
internal sealed class LiveAudience(Guid businessId)
{
    private readonly Lock _gate = new();
    private readonly List<Action<LiveEvent>> _handlers = [];
    private readonly HashSet<long> _ahead = [];

    // All events up to this one arrived; those in _ahead arrived too early. Null until the first is known.
    private long? _contiguous;
    private long? _previouslyObserved;

    public void Add(Action<LiveEvent> handler)
    {
        lock (_gate)
        {
            _handlers.Add(handler);
        }
    }

    /// <returns>How many are left.</returns>
    public int Remove(Action<LiveEvent> handler)
    {
        lock (_gate)
        {
            _handlers.Remove(handler);
            return _handlers.Count;
        }
    }

    public void Receive(LiveEvent live)
    {
        lock (_gate)
        {
            _contiguous ??= live.Sequence - 1;
            if (live.Sequence > _contiguous)
            {
                _ahead.Add(live.Sequence);
                CloseUp();
            }
        }

        Tell(live);
    }

    /// <summary>
    /// Compares with the database. The first comparison has everything read again, because Redis may have taken up the
    /// subscription only after a screen had read. Later, as events of two nodes may overtake each other on their way, a
    /// number counts as missed only if it was committed by the previous comparison and has still not arrived.
    /// </summary>
    public void Observe(long committed)
    {
        bool missed;
        lock (_gate)
        {
            missed = _previouslyObserved is not { } previous || _contiguous < previous;
            if (missed || _contiguous is null)
            {
                _contiguous = Math.Max(_contiguous ?? committed, committed);
                _ahead.RemoveWhere(s => s <= _contiguous);
                CloseUp();
            }

            _previouslyObserved = committed;
        }

        if (missed)
        {
            Tell(LiveEvent.Missed(businessId));
        }
    }

    public void MissedSome() => Tell(LiveEvent.Missed(businessId));

    private void CloseUp()
    {
        while (_ahead.Remove(_contiguous!.Value + 1))
        {
            _contiguous++;
        }
    }

    private void Tell(LiveEvent live)
    {
        Action<LiveEvent>[] handlers;
        lock (_gate)
        {
            handlers = [.. _handlers];
        }

        foreach (var handler in handlers)
        {
            handler(live);
        }
    }
}
