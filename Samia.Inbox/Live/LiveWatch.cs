using Samia.Data;

namespace Samia.Inbox.Live;

/// <summary>
/// A circuit's end of <see cref="LiveFeed"/>: gathers the events of its business and hands them over together, at most
/// ten times a second, however many arrive.
/// </summary>
public sealed partial class LiveWatch(LiveFeed feed, TenantContext tenant, TimeProvider time, ILogger<LiveWatch> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private HashSet<Guid> _conversations = [];
    private HashSet<Guid> _colleagues = [];
    private bool _businessChanged;
    private bool _missedSome;
    private IDisposable? _subscription;
    private Task _pump = Task.CompletedTask;

    /// <summary>
    /// Begins to watch. The handler is called for one batch after another, until this is disposed; whatever it throws, it
    /// is soon called again.
    /// </summary>
    /// <exception cref="InvalidOperationException">It watches already.</exception>
    public void Start(Func<LiveBatch, Task> handler)
    {
        if (_subscription is not null)
        {
            throw new InvalidOperationException("This circuit watches already.");
        }

        _subscription = feed.Subscribe(tenant.BusinessId, Note);
        _pump = PumpAsync(handler, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        _subscription?.Dispose();
        await _stopping.CancelAsync();
        await _pump;
        _stopping.Dispose();
        _arrived.Dispose();
    }

    private void Note(LiveEvent live)
    {
        lock (_gate)
        {
            var waits = _conversations.Count > 0 || _colleagues.Count > 0 || _businessChanged || _missedSome;
            _conversations.UnionWith(live.ConversationIds);
            _colleagues.UnionWith(live.ColleagueIds);
            _businessChanged |= live.BusinessChanged;
            _missedSome |= live.MissedSome || live.PermissionsChanged;
            if (waits || _stopping.IsCancellationRequested)
            {
                return;
            }

            _arrived.Release();
        }
    }

    private LiveBatch Take()
    {
        lock (_gate)
        {
            var batch = new LiveBatch(_conversations, _businessChanged, _missedSome) { ColleagueIds = _colleagues };
            (_conversations, _colleagues, _businessChanged, _missedSome) = ([], [], false, false);
            return batch;
        }
    }

    private async Task PumpAsync(Func<LiveBatch, Task> handler, CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await _arrived.WaitAsync(stoppingToken);
                var shown = await HandleAsync(handler, Take(), stoppingToken);
                await Task.Delay(shown ? Interval : AfterFailure, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> HandleAsync(Func<LiveBatch, Task> handler, LiveBatch batch, CancellationToken stoppingToken)
    {
        try
        {
            await handler(batch);
            return true;
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The screen went while it was being updated.
            return false;
        }
        catch (Exception exception)
        {
            // What was to be shown is not: show it with the next batch, and have everything read again.
            LogNotShown(exception, tenant.BusinessId);
            Note(LiveEvent.Missed(tenant.BusinessId));
            return false;
        }
    }

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "A screen of business {BusinessId} could not be updated")]
    private partial void LogNotShown(Exception exception, Guid businessId);
}
