using System.Globalization;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Team;

/// <summary>Bounds how many passwords one client address may try; Identity's lockout bounds the tries on one person.</summary>
internal static class SignInRateLimit
{
    public const string Policy = "sign-in";

    /// <summary>Of the question what to ask a browser for, which each look at the sign-in page asks by itself.</summary>
    public const string PasskeyPolicy = "passkey-options";

    private const int PasskeyQuestionsPerTry = 4;

    public static void AddSignInRateLimit(this IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return ValueTask.CompletedTask;
        };
        limiter.AddPolicy(Policy, http => Limit(http, 1));
        limiter.AddPolicy(PasskeyPolicy, http => Limit(http, PasskeyQuestionsPerTry));
    });

    private static RateLimitPartition<string> Limit(HttpContext http, int factor) => HttpMethods.IsPost(http.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(AddressOf(http), _ => new()
        {
            PermitLimit = factor * http.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value.TriesPerMinute,
            Window = TimeSpan.FromMinutes(1),
        })
        : RateLimitPartition.GetNoLimiter("");

    // Whoever has one address of IPv6 has the other 2^64 of its network too.
    private static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => Convert.ToHexString(address.GetAddressBytes(), 0, 8),
        var address => address.ToString(),
    };
}
