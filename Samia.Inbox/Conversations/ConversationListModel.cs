using Samia.Inbox.Live;

namespace Samia.Inbox.Conversations;

/// <summary>
/// The part of a list that a circuit has loaded: its first rows without a gap. Live changes move rows within it; what
/// lies beyond is read when somebody scrolls there.
/// </summary>
internal sealed class ConversationListModel(ConversationList list, Guid? employeeId)
{
    public const int PageSize = 50;

    /// <summary>A re-read of all that is shown goes no further than this; the rest is read again on scrolling.</summary>
    private const int MaxReread = 200;
    private readonly OneAtATime _one = new();
    private readonly List<ConversationRow> _rows = [];
    private readonly ConversationPlaces _places = new();
    private bool _countAgain;

    public ConversationListQuery Query { get; private set; } = new(ConversationTab.All);
    public IReadOnlyList<ConversationRow> Rows => _rows;
    public bool HasMore { get; private set; }
    public ConversationCounts Counts { get; private set; } = new(0, 0, 0);

    public Task OpenAsync(ConversationListQuery query, CancellationToken cancellationToken) => _one.RunAsync(async () =>
    {
        Query = query;
        await RereadAsync(PageSize, cancellationToken);
    }, cancellationToken);

    /// <summary>Loads on until this many rows are there, or all.</summary>
    public Task EnsureAsync(int count, CancellationToken cancellationToken) => _one.RunAsync(async () =>
    {
        while (HasMore && _rows.Count < count)
        {
            var page = await list.PageAsync(
                Query, _rows.Count == 0 ? null : _rows[^1].Cursor, PageSize, cancellationToken);
            HasMore = page.Count == PageSize;
            _rows.AddRange(page);
        }
    }, cancellationToken);

    public Task ApplyAsync(LiveBatch batch, CancellationToken cancellationToken) => _one.RunAsync(async () =>
    {
        if (batch.MissedSome || batch.ConversationIds.Count > PageSize)
        {
            await RereadAsync(Math.Clamp(_rows.Count, PageSize, MaxReread), cancellationToken);
        }
        else if (batch.ConversationIds.Count > 0)
        {
            var changed = await list.RowsAsync(batch.ConversationIds, cancellationToken);
            _rows.RemoveAll(r => batch.ConversationIds.Contains(r.Id));
            changed.ForEach(Insert);
            _countAgain |= _places.Note(batch.ConversationIds, changed);
            if (_countAgain)
            {
                Counts = await list.CountsAsync(Query.Status, cancellationToken);
                _countAgain = false;
            }
        }
    }, cancellationToken);

    private async Task RereadAsync(int count, CancellationToken cancellationToken)
    {
        var rows = await list.PageAsync(Query, null, count, cancellationToken);
        _places.Reset(rows);
        Counts = await list.CountsAsync(Query.Status, cancellationToken);
        _rows.Clear();
        _rows.AddRange(rows);
        HasMore = rows.Count == count;
    }

    private void Insert(ConversationRow row)
    {
        if (!Query.Includes(row, employeeId))
        {
            return;
        }

        var place = _rows.FindIndex(other => IsBefore(row, other));
        if (place >= 0)
        {
            _rows.Insert(place, row);
        }
        else if (!HasMore)
        {
            _rows.Add(row);
        }
    }

    private static bool IsBefore(ConversationRow a, ConversationRow b) =>
        a.LastActivityAt != b.LastActivityAt ? a.LastActivityAt > b.LastActivityAt : a.Id.CompareTo(b.Id) > 0;
}
