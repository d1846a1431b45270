using System.Text.Json;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Stripe;
using Checkout = Stripe.Checkout;
using Portal = Stripe.BillingPortal;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Stripe, by its own library. Each POST has an idempotency key, with which the library also repeats a call that failed.
/// https://docs.stripe.com/billing/subscriptions/build-subscriptions
/// </summary>
internal sealed partial class StripeBilling(
    IHttpClientFactory http, IOptions<StripeOptions> options, TimeProvider time, IStringLocalizer<Texts> texts,
    ILogger<StripeBilling> logger) : IBilling
{
    /// <summary>The name of its <see cref="HttpClient"/>.</summary>
    public const string Client = "stripe";

    private const string BusinessId = "business_id";
    private const int Retries = 2;

    // Whether Stripe is trying to collect decides, not whether it has: it ends a subscription that it gives up.
    private static readonly string[] InForce = ["active", "trialing", "past_due"];

    public bool IsOn => options.Value.IsOn;

    public Task<string> CreateCustomerAsync(Guid businessId, string slug, CancellationToken cancellationToken) =>
        AskAsync("POST customers", async client => (await new CustomerService(client).CreateAsync(new CustomerCreateOptions
        {
            Description = slug,
            Metadata = MetadataOf(businessId),
        }, new RequestOptions { IdempotencyKey = $"customer:{businessId}" }, cancellationToken)).Id);

    public Task<Uri> CheckoutAsync(BillingCheckout checkout, CancellationToken cancellationToken) =>
        AskAsync("POST checkout/sessions", async client => new Uri((await new Checkout.SessionService(client).CreateAsync(new Checkout.SessionCreateOptions
        {
            Mode = "subscription",
            Customer = checkout.CustomerId,
            // What people write on Stripe's page of who gets the invoice.
            CustomerUpdate = new Checkout.SessionCustomerUpdateOptions { Name = "auto", Address = "auto" },
            ClientReferenceId = checkout.BusinessId.ToString(),
            LineItems = [new Checkout.SessionLineItemOptions { Price = checkout.PriceId, Quantity = 1 }],
            Metadata = MetadataOf(checkout.BusinessId),
            SubscriptionData = new Checkout.SessionSubscriptionDataOptions { Metadata = MetadataOf(checkout.BusinessId) },
            SuccessUrl = checkout.Paid.AbsoluteUri,
            CancelUrl = checkout.Back.AbsoluteUri,
        }, NewKey(), cancellationToken)).Url));

    public Task<Uri> PortalAsync(string customerId, Uri back, CancellationToken cancellationToken) =>
        AskAsync("POST billing_portal/sessions", async client => new Uri((await new Portal.SessionService(client).CreateAsync(
            new Portal.SessionCreateOptions { Customer = customerId, ReturnUrl = back.AbsoluteUri }, NewKey(), cancellationToken)).Url));

    public Task<IReadOnlyList<BillingSubscription>> SubscriptionsOfAsync(string customerId, CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<BillingSubscription>>("GET subscriptions", async client =>
        {
            var found = new List<BillingSubscription>();
            // Without a status Stripe leaves out what was cancelled.
            await foreach (var subscription in new SubscriptionService(client).ListAutoPagingAsync(
                new SubscriptionListOptions { Customer = customerId, Limit = 100 }, cancellationToken: cancellationToken))
            {
                found.Add(new BillingSubscription(subscription.Id, InForce.Contains(subscription.Status),
                    [.. subscription.Items.Select(item => item.Price.Id)]));
            }

            return found;
        });

    public BillingNotice? Read(string body, string? signature)
    {
        Event notice;
        try
        {
            notice = EventUtility.ConstructEvent(body, signature, options.Value.WebhookSecret, EventUtility.DefaultTimeTolerance,
                time.GetUtcNow().ToUnixTimeSeconds(), throwOnApiVersionMismatch: false);
        }
        catch (Exception refused) when (refused is StripeException or JsonException or Newtonsoft.Json.JsonException or ArgumentException)
        {
            return null;
        }

        var customer = notice.Type switch
        {
            EventTypes.CheckoutSessionCompleted => (notice.Data.Object as Checkout.Session)?.CustomerId,
            EventTypes.CustomerSubscriptionCreated or EventTypes.CustomerSubscriptionUpdated or EventTypes.CustomerSubscriptionDeleted =>
                (notice.Data.Object as Subscription)?.CustomerId,
            EventTypes.InvoicePaymentFailed => (notice.Data.Object as Invoice)?.CustomerId,
            _ => null,
        };
        return new BillingNotice(notice.Id, notice.Type, customer, notice.Type == EventTypes.InvoicePaymentFailed);
    }

    private async Task<T> AskAsync<T>(string call, Func<StripeClient, Task<T>> ask)
    {
        if (!IsOn)
        {
            throw new InvalidOperationException("Stripe is not set up.");
        }

        var client = new StripeClient(new StripeClientOptions
        {
            ApiKey = options.Value.SecretKey,
            ApiBase = options.Value.ApiBase.AbsoluteUri.TrimEnd('/'),
            HttpClient = new SystemNetHttpClient(http.CreateClient(Client), Retries, enableTelemetry: false),
        });
        try
        {
            return await ask(client);
        }
        catch (StripeException refused) when ((int)refused.HttpStatusCode is >= 400 and < 500 and not 429)
        {
            // Without its message, which may quote the key.
            LogRefused(call, (int)refused.HttpStatusCode, refused.StripeError?.Code ?? refused.StripeError?.Type, refused.StripeResponse?.RequestId);
            throw new BillingException(texts["Stripe did not accept this, and nothing was changed. Ask whoever runs Samia."]);
        }
        catch (Exception away) when (away is StripeException or HttpRequestException or TimeoutException)
        {
            LogAway(call, away.GetType().Name);
            throw new BillingException(texts["Stripe cannot be reached right now, and nothing was changed. Try again in a few minutes."]);
        }
        catch (TaskCanceledException away) when (away.InnerException is TimeoutException)
        {
            LogAway(call, nameof(TimeoutException));
            throw new BillingException(texts["Stripe cannot be reached right now, and nothing was changed. Try again in a few minutes."]);
        }
    }

    private static Dictionary<string, string> MetadataOf(Guid businessId) => new() { [BusinessId] = businessId.ToString() };

    private static RequestOptions NewKey() => new() { IdempotencyKey = Guid.NewGuid().ToString() };

    [LoggerMessage(EventId = 8201, Level = LogLevel.Error, Message = "Stripe refused {Call} with {Status}, {Code}; its request is {RequestId}")]
    private partial void LogRefused(string call, int status, string? code, string? requestId);

    [LoggerMessage(EventId = 8202, Level = LogLevel.Warning, Message = "Stripe did not answer {Call}: {Failure}")]
    private partial void LogAway(string call, string failure);
}
