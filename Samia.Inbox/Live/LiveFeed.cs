using System.Collections.Concurrent;
using System.Text.Json;
using StackExchange.Redis;

namespace Samia.Inbox.Live;

/// <summary>
/// A node's end of the live channels: it listens for the businesses that somebody on this node looks at, and hands
/// each event to them. <see cref="LiveHeartbeat"/> compares its sequence numbers with the database's.
/// </summary>
public sealed partial class LiveFeed(IConnectionMultiplexer redis, ILogger<LiveFeed> logger)
{
    private readonly ConcurrentDictionary<Guid, LiveAudience> _audiences = new();
    private readonly Lock _gate = new();

    /// <summary>The businesses with an audience on this node.</summary>
    public IReadOnlyCollection<Guid> Businesses => [.. _audiences.Keys];

    /// <summary>
    /// Calls <paramref name="handler"/> for each event of the business until the result is disposed. The handler runs
    /// on Redis's reader: it must only note the event and return.
    /// </summary>
    public IDisposable Subscribe(Guid businessId, Action<LiveEvent> handler)
    {
        lock (_gate)
        {
            if (!_audiences.TryGetValue(businessId, out var audience))
            {
                _audiences[businessId] = audience = new LiveAudience(businessId);
                redis.GetSubscriber().Subscribe(LiveChannel.Of(businessId), (_, message) => Receive(message),
                    CommandFlags.FireAndForget);
            }

            audience.Add(handler);
        }

        return new Subscription(this, businessId, handler);
    }

    /// <summary>The database says that events up to <paramref name="sequence"/> are committed.</summary>
    internal void Observe(Guid businessId, long sequence)
    {
        if (_audiences.TryGetValue(businessId, out var audience))
        {
            audience.Observe(sequence);
        }
    }

    /// <summary>The connection to Redis came back: anything may have been missed.</summary>
    internal void MissedSome()
    {
        foreach (var audience in _audiences.Values)
        {
            audience.MissedSome();
        }
    }

    private void Receive(RedisValue message)
    {
        try
        {
            var live = JsonSerializer.Deserialize<LiveEvent>((byte[])message!)!;
            if (_audiences.TryGetValue(live.BusinessId, out var audience))
            {
                audience.Receive(live);
            }
        }
        catch (JsonException exception)
        {
            LogUnreadable(exception);
            MissedSome();
        }
    }

    private void Unsubscribe(Guid businessId, Action<LiveEvent> handler)
    {
        lock (_gate)
        {
            if (_audiences.TryGetValue(businessId, out var audience) && audience.Remove(handler) == 0)
            {
                _audiences.TryRemove(businessId, out _);
                redis.GetSubscriber().Unsubscribe(LiveChannel.Of(businessId), null, CommandFlags.FireAndForget);
            }
        }
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "A live event could not be read")]
    private partial void LogUnreadable(Exception exception);

    private sealed class Subscription(LiveFeed feed, Guid businessId, Action<LiveEvent> handler) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                feed.Unsubscribe(businessId, handler);
            }
        }
    }
}
