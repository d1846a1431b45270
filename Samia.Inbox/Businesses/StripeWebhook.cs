using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Where Stripe delivers. Open to anybody, because Stripe's signature over the body says who calls. An answer of 200 means
/// that it is done or concerns nobody; any other makes Stripe deliver again, for up to three days.
/// https://docs.stripe.com/webhooks
/// </summary>
internal static partial class StripeWebhook
{
    public const string Path = "/webhooks/stripe";
    private const int MaxBodySize = 512 * 1024;

    public static void MapStripeWebhook(this WebApplication app) =>
        app.MapPost(Path, ReceiveAsync).AllowAnonymous().DisableAntiforgery().ShortCircuit();

    private static async Task<IResult> ReceiveAsync(
        HttpRequest request, IBilling billing, SubscriptionSync sync, ILogger<SubscriptionSync> logger, CancellationToken cancellationToken)
    {
        if (!billing.IsOn)
        {
            return Results.NotFound();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodySize;
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        if (billing.Read(await reader.ReadToEndAsync(cancellationToken), request.Headers["Stripe-Signature"]) is not { } notice)
        {
            LogNotSigned(logger, request.ContentLength);
            return Results.BadRequest();
        }

        if (notice.CustomerId is not { } customer || await sync.FindAsync(customer, cancellationToken) is not { } businessId)
        {
            return Results.Ok();
        }

        try
        {
            await sync.RunAsync(businessId, customer, notice, cancellationToken);
            return Results.Ok();
        }
        catch (BillingException)
        {
            // Logged by whoever asked Stripe.
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(EventId = 8204, Level = LogLevel.Warning,
        Message = "A webhook of {Length} bytes was refused: Stripe has not signed it, or too long ago. Is 'Stripe:WebhookSecret' the endpoint's?")]
    private static partial void LogNotSigned(ILogger logger, long? length);
}
