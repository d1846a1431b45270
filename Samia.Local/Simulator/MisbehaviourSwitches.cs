namespace Samia.Local.Simulator;

/// <summary>Which misbehaviours of a number are on, and for how many more occasions.</summary>
public sealed class MisbehaviourSwitches
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Misbehaviour, int> _left = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Switches one on until it is switched off.</summary>
    public void TurnOn(Misbehaviour misbehaviour) => Set(misbehaviour, int.MaxValue);

    /// <summary>Switches one on for the next few occasions: calls, or webhooks.</summary>
    public void TurnOn(Misbehaviour misbehaviour, int times) => Set(misbehaviour, times);

    public void TurnOff(Misbehaviour misbehaviour) => Set(misbehaviour, 0);

    public bool IsOn(Misbehaviour misbehaviour)
    {
        lock (_gate)
        {
            return _left.ContainsKey(misbehaviour);
        }
    }

    /// <summary>What is on, with the occasions left; null: until switched off.</summary>
    public IReadOnlyDictionary<Misbehaviour, int?> All()
    {
        lock (_gate)
        {
            return _left.ToDictionary(s => s.Key, s => s.Value == int.MaxValue ? (int?)null : s.Value);
        }
    }

    /// <summary>Whether it is on, and if so uses up one occasion.</summary>
    internal bool Take(Misbehaviour misbehaviour)
    {
        lock (_gate)
        {
            if (!_left.TryGetValue(misbehaviour, out var left))
            {
                return false;
            }

            if (left != int.MaxValue)
            {
                SetLocked(misbehaviour, left - 1);
            }

            return true;
        }
    }

    /// <summary>Waits until it is off.</summary>
    internal async Task OffAsync(Misbehaviour misbehaviour, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (!_left.ContainsKey(misbehaviour))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Set(Misbehaviour misbehaviour, int left)
    {
        lock (_gate)
        {
            SetLocked(misbehaviour, left);
        }
    }

    private void SetLocked(Misbehaviour misbehaviour, int left)
    {
        if (left <= 0)
        {
            _left.Remove(misbehaviour);
        }
        else
        {
            _left[misbehaviour] = left;
        }

        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
