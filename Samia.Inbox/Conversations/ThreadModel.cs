namespace Samia.Inbox.Conversations;

/// <summary>The window of a thread that a circuit shows. It slides: far from an end, that end is dropped again.</summary>
public sealed class ThreadModel(ConversationThread thread, Guid conversationId)
{
    public const int PageSize = 50;
    public const int MaxItems = 200;
    private readonly OneAtATime _one = new();
    private List<ThreadItem> _items = [];

    public IReadOnlyList<ThreadItem> Items => _items;
    public bool HasOlder { get; private set; }
    public bool HasNewer { get; private set; }

    /// <summary>Shows the newest items.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => _one.RunAsync(
        () => ReadNewestAsync(cancellationToken), cancellationToken);

    public Task LoadOlderAsync(CancellationToken cancellationToken) => _one.RunAsync(async () =>
    {
        if (!HasOlder)
        {
            return;
        }

        var older = await thread.BeforeAsync(conversationId, _items[0].Id, PageSize, cancellationToken);
        HasOlder = older.Count == PageSize;
        _items = [.. older, .. _items];
        if (_items.Count > MaxItems)
        {
            _items.RemoveRange(MaxItems, _items.Count - MaxItems);
            HasNewer = true;
        }
    }, cancellationToken);

    public Task LoadNewerAsync(CancellationToken cancellationToken) => _one.RunAsync(async () =>
    {
        if (!HasNewer)
        {
            return;
        }

        var newer = await thread.FromAsync(conversationId, _items[^1].Id, PageSize + 1, cancellationToken);
        HasNewer = newer.Count == PageSize + 1;
        _items = [.. _items.SkipLast(1), .. newer];
        DropOldest();
    }, cancellationToken);

    /// <summary>Something in this conversation changed: reads what is shown again, and what is new below it.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => _one.RunAsync(async () =>
    {
        if (_items.Count == 0)
        {
            await ReadNewestAsync(cancellationToken);
            return;
        }

        // A message that arrives late may belong before all that is shown.
        var from = HasOlder ? _items[0].Id : Guid.Empty;
        var limit = HasNewer ? _items.Count : MaxItems + PageSize;
        var items = await thread.FromAsync(conversationId, from, limit, cancellationToken);
        if (!HasNewer && items.Count == limit)
        {
            // More came than a window holds: begin anew at the end.
            await ReadNewestAsync(cancellationToken);
            return;
        }

        _items = items;
        DropOldest();
    }, cancellationToken);

    private async Task ReadNewestAsync(CancellationToken cancellationToken)
    {
        _items = await thread.BeforeAsync(conversationId, null, PageSize, cancellationToken);
        HasOlder = _items.Count == PageSize;
        HasNewer = false;
    }

    private void DropOldest()
    {
        if (_items.Count > MaxItems)
        {
            _items.RemoveRange(0, _items.Count - MaxItems);
            HasOlder = true;
        }
    }
}
