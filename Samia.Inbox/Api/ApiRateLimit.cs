using System.Globalization;
using Samia.Inbox.Team;
using StackExchange.Redis;

namespace Samia.Inbox.Api;

/// <summary>
/// Counts each token's requests of each minute, over all nodes, and refuses those beyond its limit. While Redis is away
/// it refuses nobody: the limit guards against programs that run wild, not against thieves.
/// </summary>
internal sealed partial class ApiRateLimit(IConnectionMultiplexer redis, TimeProvider time, ILogger<ApiRateLimit> logger) : IMiddleware
{
    private const int Window = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private long _toldInMinute;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.User.ApiTokenId is not { } token)
        {
            await next(http);
            return;
        }

        var limit = long.Parse(http.User.FindFirst(ApiTokenAuthentication.RateLimitClaim)!.Value, CultureInfo.InvariantCulture);
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var (minute, reset) = (now / Window, Window - now % Window);
        if (await CountAsync(token, minute) is not { } count)
        {
            await next(http);
            return;
        }

        http.Response.OnStarting(() =>
        {
            http.Response.Headers["RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["RateLimit-Remaining"] = Math.Max(0, limit - count).ToString(CultureInfo.InvariantCulture);
            http.Response.Headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        if (count <= limit)
        {
            await next(http);
            return;
        }

        http.Response.Headers.RetryAfter = reset.ToString(CultureInfo.InvariantCulture);
        await ApiProblems.Of(StatusCodes.Status429TooManyRequests, "too_many_requests",
            $"This API token may make {limit} requests a minute. Wait {reset} seconds.").ExecuteAsync(http);
    }

    /// <returns>How many requests the token has made in this minute; null if Redis does not say.</returns>
    private async Task<long?> CountAsync(Guid token, long minute)
    {
        if (!redis.IsConnected)
        {
            return Uncounted(null, minute);
        }

        try
        {
            RedisKey key = string.Create(CultureInfo.InvariantCulture, $"samia:api-rate:{token:N}:{minute}");
            var counting = redis.GetDatabase().CreateTransaction();
            var count = counting.StringIncrementAsync(key);
            _ = counting.KeyExpireAsync(key, TimeSpan.FromSeconds(2 * Window));
            await counting.ExecuteAsync().WaitAsync(Patience, time);
            return await count;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException)
        {
            return Uncounted(exception, minute);
        }
    }

    private long? Uncounted(Exception? exception, long minute)
    {
        // Once a minute, not once a request.
        if (Interlocked.Exchange(ref _toldInMinute, minute) != minute)
        {
            LogUncounted(exception);
        }

        return null;
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Warning, Message = "Redis is away: the rate limits of API tokens do not hold")]
    private partial void LogUncounted(Exception? exception);
}
