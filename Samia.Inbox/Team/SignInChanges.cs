using System.Collections.Immutable;
using StackExchange.Redis;

namespace Samia.Inbox.Team;

/// <summary>
/// Tells every node at once that a person's sign-in, or what it allows, is not what it was, so that their open screens
/// and connections ask again. Nothing depends on it: they ask by themselves every <see cref="SignInOptions.RevalidateEvery"/>.
/// </summary>
public sealed partial class SignInChanges(IConnectionMultiplexer redis, ILogger<SignInChanges> logger)
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("samia:sign-ins");

    private readonly Lock _gate = new();
    private ImmutableDictionary<Guid, ImmutableList<Action>> _handlers = ImmutableDictionary<Guid, ImmutableList<Action>>.Empty;
    private bool _listens;

    /// <summary>
    /// Calls <paramref name="changed"/> after each change of the person until the result is disposed; now and then
    /// twice for one. It may be called on Redis's reader: it must only note it and return.
    /// </summary>
    public IDisposable Subscribe(Guid userId, Action changed)
    {
        lock (_gate)
        {
            _handlers = _handlers.SetItem(userId, _handlers.GetValueOrDefault(userId, []).Add(changed));
            if (!_listens)
            {
                _listens = true;
                redis.GetSubscriber().Subscribe(Channel, (_, message) => Receive(message), CommandFlags.FireAndForget);
            }
        }

        return new Subscription(this, userId, changed);
    }

    /// <summary>Call it after the commit. This node is told even while Redis is away; it never fails its caller.</summary>
    public async Task PublishAsync(Guid userId)
    {
        Tell(userId);
        try
        {
            await redis.GetSubscriber().PublishAsync(Channel, userId.ToString("N"), CommandFlags.FireAndForget);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotPublished(exception, userId);
        }
    }

    private void Receive(RedisValue message)
    {
        if (Guid.TryParse((string?)message, out var userId))
        {
            Tell(userId);
        }
    }

    private void Tell(Guid userId)
    {
        foreach (var changed in Volatile.Read(ref _handlers).GetValueOrDefault(userId, []))
        {
            changed();
        }
    }

    private void Unsubscribe(Guid userId, Action changed)
    {
        lock (_gate)
        {
            var left = _handlers.GetValueOrDefault(userId, []).Remove(changed);
            _handlers = left.IsEmpty ? _handlers.Remove(userId) : _handlers.SetItem(userId, left);
        }
    }

    [LoggerMessage(EventId = 5010, Level = LogLevel.Warning,
        Message = "Other nodes were not told that the sign-in of user {UserId} changed; they will notice by themselves")]
    private partial void LogNotPublished(Exception exception, Guid userId);

    private sealed class Subscription(SignInChanges changes, Guid userId, Action changed) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                changes.Unsubscribe(userId, changed);
            }
        }
    }
}
