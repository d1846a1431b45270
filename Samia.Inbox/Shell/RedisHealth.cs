using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Samia.Inbox.Shell;

/// <summary>
/// Redis answers. Without it the inbox serves: screens read again what they show, some seconds late.
/// </summary>
internal sealed class RedisHealth(IConnectionMultiplexer redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!redis.IsConnected)
        {
            return HealthCheckResult.Degraded("Redis is away. Screens are up to date some seconds late.");
        }

        await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
