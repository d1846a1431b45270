using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Remembers what the counts of the tabs depend on, for the conversations whose changes a circuit has seen, so that it
/// counts again only if they may be others.
/// </summary>
internal sealed class ConversationPlaces
{
    /// <summary>Beyond this all are forgotten, which costs one count for each that changes again.</summary>
    public const int Most = 2000;
    private readonly Dictionary<Guid, (ConversationStatus Status, Guid? AssigneeId)> _known = [];

    /// <summary>Begins anew with these rows. They must be read before the counts, or a change between would be missed.</summary>
    public void Reset(IEnumerable<ConversationRow> rows)
    {
        _known.Clear();
        foreach (var row in rows)
        {
            _known[row.Id] = (row.Status, row.AssigneeId);
        }
    }

    /// <summary>Notes where the conversations are now. What has moved is to be counted after this.</summary>
    /// <param name="changed">Those that may have changed.</param>
    /// <param name="rows">Their rows; one that is gone has none.</param>
    /// <returns>Whether one is elsewhere than before, or nobody knows where it was.</returns>
    public bool Note(IReadOnlyCollection<Guid> changed, IReadOnlyCollection<ConversationRow> rows)
    {
        if (_known.Count + changed.Count > Most)
        {
            _known.Clear();
        }

        var moved = false;
        foreach (var row in rows)
        {
            var place = (row.Status, row.AssigneeId);
            moved |= !_known.TryGetValue(row.Id, out var before) || before != place;
            _known[row.Id] = place;
        }

        foreach (var gone in changed.Except(rows.Select(r => r.Id)))
        {
            moved = true;
            _known.Remove(gone);
        }

        return moved;
    }
}
