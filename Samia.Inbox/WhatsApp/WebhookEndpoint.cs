using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using Samia.Data;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Where Meta delivers. An answer of 200 means that the body is on disk; any other makes Meta deliver again, for up to
/// seven days.
/// </summary>
internal static class WebhookEndpoint
{
    public const string Path = "/webhooks/whatsapp";

    /// <summary>Meta's bodies are up to 3 MB.</summary>
    public const int MaxBodySize = 3 * 1024 * 1024;

    public static void MapWebhook(this WebApplication app)
    {
        // At once: nothing that guards pages has anything to do here.
        app.MapGet(Path, VerifyAsync).AllowAnonymous().ShortCircuit();
        app.MapPost(Path, ReceiveAsync).AllowAnonymous().DisableAntiforgery().ShortCircuit();
    }

    private static async Task<IResult> VerifyAsync(
        HttpRequest request, ConnectionDirectory directory, CancellationToken cancellationToken)
    {
        var token = Encoding.UTF8.GetBytes(request.Query["hub.verify_token"].ToString());
        var known = false;
        if (request.Query["hub.mode"] == "subscribe")
        {
            foreach (var verifyToken in await directory.VerifyTokensAsync(cancellationToken))
            {
                known |= CryptographicOperations.FixedTimeEquals(token, Encoding.UTF8.GetBytes(verifyToken));
            }
        }

        return known ? Results.Text(request.Query["hub.challenge"].ToString()) : Results.StatusCode(403);
    }

    private static async Task ReceiveAsync(
        HttpContext context, WebhookRouter router, WebhookJournal journal, UnroutedLimiter limiter, WebhookMetrics metrics)
    {
        context.Response.StatusCode = await StatusOfAsync(context, router, journal, limiter, metrics);
        context.Response.ContentLength = 0;
    }

    private static async Task<int> StatusOfAsync(
        HttpContext context, WebhookRouter router, WebhookJournal journal, UnroutedLimiter limiter, WebhookMetrics metrics)
    {
        var cancellationToken = context.RequestAborted;
        if (WebhookSignature.Parse(context.Request.Headers[WebhookSignature.Header]) is not { } signature)
        {
            metrics.Refused("no signature");
            return StatusCodes.Status401Unauthorized;
        }

        if (await ReadBodyAsync(context, cancellationToken) is not { } body)
        {
            metrics.Refused("too large");
            return StatusCodes.Status413PayloadTooLarge;
        }

        WebhookRoute route;
        try
        {
            route = await router.RouteAsync(body, signature, cancellationToken);
        }
        catch (JsonException)
        {
            metrics.Refused("not JSON");
            return StatusCodes.Status400BadRequest;
        }

        if (!route.Accepted)
        {
            metrics.Refused("bad signature");
            return StatusCodes.Status401Unauthorized;
        }

        if (route.Rows.Any(r => r.BusinessId == WebhookLog.Unrouted))
        {
            // Nobody's secret vouches for it, so a stranger may have sent it: keep some, not a disk full.
            if (!limiter.MayKeep())
            {
                return StatusCodes.Status503ServiceUnavailable;
            }

            metrics.Unrouted();
        }

        await journal.AppendAsync(route.Rows, cancellationToken);
        return StatusCodes.Status200OK;
    }

    /// <returns>Null if it is larger than <see cref="MaxBodySize"/>.</returns>
    private static async ValueTask<byte[]?> ReadBodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength > MaxBodySize)
        {
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBodySize)
            {
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>Bounds what is kept of bodies that name no known number, on this node.</summary>
internal sealed class UnroutedLimiter : IDisposable
{
    private readonly FixedWindowRateLimiter _limiter = new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = 120, Window = TimeSpan.FromMinutes(1), AutoReplenishment = true,
    });

    public bool MayKeep()
    {
        using var lease = _limiter.AttemptAcquire();
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
