using StackExchange.Redis;

namespace Samia.Inbox.Live;

/// <summary>One Redis channel per business.</summary>
internal static class LiveChannel
{
    public static RedisChannel Of(Guid businessId) => RedisChannel.Literal($"samia:live:{businessId:N}");
}
