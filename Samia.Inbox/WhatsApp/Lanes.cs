namespace Samia.Inbox.WhatsApp;

/// <summary>An event and the row that it came in.</summary>
internal sealed record LaneStep(WebhookTask Task, WebhookEvent Event);

/// <summary>Sorts events into lanes: two that share a key, directly or through others, are in the same lane.</summary>
internal static class Lanes
{
    public static List<IReadOnlyList<LaneStep>> Of(IReadOnlyList<LaneStep> steps)
    {
        var parents = new Dictionary<string, string>();
        foreach (var keys in steps.Select(s => s.Event.LaneKeys))
        {
            foreach (var key in keys)
            {
                parents.TryAdd(key, key);
                parents[Root(parents, keys[0])] = Root(parents, key);
            }
        }

        return [.. steps.GroupBy(s => Root(parents, s.Event.LaneKeys[0])).Select(IReadOnlyList<LaneStep> (lane) => [.. lane])];
    }

    private static string Root(Dictionary<string, string> parents, string key)
    {
        while (parents[key] != key)
        {
            key = parents[key] = parents[parents[key]];
        }

        return key;
    }
}

/// <summary>The senders whose later events must wait in this pass, and until when.</summary>
internal sealed class BlockedKeys
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset?> _until = [];

    public void Add(IReadOnlyList<string> keys, DateTimeOffset? until)
    {
        lock (_gate)
        {
            foreach (var key in keys)
            {
                _until[key] = until;
            }
        }
    }

    /// <summary>Puts the lane off if one of its senders is blocked.</summary>
    public bool Defer(IReadOnlyList<LaneStep> lane)
    {
        DateTimeOffset? until;
        lock (_gate)
        {
            if (lane.SelectMany(s => s.Event.LaneKeys).FirstOrDefault(_until.ContainsKey) is not { } key)
            {
                return false;
            }

            until = _until[key];
        }

        Defer(lane, until);
        return true;
    }

    /// <summary>Puts off the steps, the first of which failed.</summary>
    public void Defer(IReadOnlyList<LaneStep> steps, DateTimeOffset? until)
    {
        foreach (var step in steps)
        {
            step.Task.Defer(until);
            Add(step.Event.LaneKeys, until);
        }
    }
}
