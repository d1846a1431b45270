using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace Samia.Inbox.Live;

/// <summary>
/// Tells every node of a committed change. It never fails its caller: what Redis loses, <see cref="LiveFeed"/> notices
/// by the sequence number.
/// </summary>
public sealed partial class LivePublisher(
    IConnectionMultiplexer redis, IHubContext<InboxHub> hub, ILogger<LivePublisher> logger)
{
    public async Task PublishAsync(LiveEvent live)
    {
        try
        {
            await redis.GetSubscriber().PublishAsync(
                LiveChannel.Of(live.BusinessId), JsonSerializer.SerializeToUtf8Bytes(live), CommandFlags.FireAndForget);
            await hub.Clients.Group(InboxHub.GroupOf(live.BusinessId)).SendAsync("live", live);
        }
        catch (Exception exception) when (exception is RedisException or HubException or TimeoutException)
        {
            LogNotPublished(exception, live.BusinessId, live.Sequence);
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning,
        Message = "Live event {Sequence} of business {BusinessId} was not published; readers will notice the gap")]
    private partial void LogNotPublished(Exception exception, Guid businessId, long sequence);
}
