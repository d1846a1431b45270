using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Samia.Tests.Businesses;

/// <summary>A call that Stripe received.</summary>
public sealed record StripeCall(string Method, string Path, IReadOnlyDictionary<string, string> Fields, string? IdempotencyKey);

/// <summary>
/// Stands where Stripe's API would: it speaks its HTTP contract, keeps customers and subscriptions, shows pages on which
/// somebody pays or cancels, and delivers webhooks. https://docs.stripe.com/api
/// </summary>
public sealed class StripeServer : IAsyncDisposable
{
    public const string SecretKey = "sk_test_51NeverInAnyLog";
    public const string WebhookSecret = "whsec_NeverInAnyLogEither";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _answers = new();
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _sessions = new();
    private readonly ConcurrentDictionary<string, JsonObject> _subscriptions = new();
    private readonly ConcurrentQueue<StripeCall> _calls = new();
    private int _ids;

    private StripeServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();
    public IReadOnlyList<StripeCall> Calls => [.. _calls];

    /// <summary>Where webhooks go, once somebody pays or cancels on a page.</summary>
    public Uri? Inbox { get; set; }

    /// <summary>A customer about whom every call fails on Stripe's side, or <c>*</c> for all; null for nobody.</summary>
    public string? TroubleOf { get; set; }

    public static async Task<StripeServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new StripeServer(builder.Build());
        server._app.Use(server.GuardAsync);
        server._app.MapPost("/v1/customers", (HttpRequest r) => server.OnceAsync(r, _ => new JsonObject { ["id"] = server.NewId("cus"), ["object"] = "customer" }));
        server._app.MapPost("/v1/checkout/sessions", (HttpRequest r) => server.OnceAsync(r, server.Checkout));
        server._app.MapPost("/v1/billing_portal/sessions", (HttpRequest r) => server.OnceAsync(r, server.Portal));
        server._app.MapGet("/v1/subscriptions", (string customer) => Json(new JsonObject
        {
            ["object"] = "list", ["url"] = "/v1/subscriptions", ["has_more"] = false,
            ["data"] = new JsonArray([.. server._subscriptions.Values.Where(s => (string?)s["customer"] == customer && (string?)s["status"] != "canceled").Select(s => s.DeepClone())]),
        }));
        StripePages.Map(server._app, server);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public IReadOnlyDictionary<string, string> Session(string id) => _sessions[id];

    /// <summary>Somebody subscribes; Stripe would tell of it by webhook.</summary>
    /// <returns>The id of the subscription.</returns>
    public string Subscribe(string customer, string price, string status = "active")
    {
        var id = NewId("sub");
        _subscriptions[id] = new JsonObject
        {
            ["id"] = id, ["object"] = "subscription", ["customer"] = customer, ["status"] = status, ["metadata"] = new JsonObject(),
            ["items"] = new JsonObject
            {
                ["object"] = "list", ["has_more"] = false, ["url"] = "/v1/subscription_items",
                ["data"] = new JsonArray(new JsonObject
                {
                    ["id"] = NewId("si"), ["object"] = "subscription_item", ["price"] = new JsonObject { ["id"] = price, ["object"] = "price" },
                }),
            },
        };
        return id;
    }

    public void SetStatus(string subscription, string status) => _subscriptions[subscription]["status"] = status;

    public void SetPrice(string subscription, string price) =>
        _subscriptions[subscription]["items"]!["data"]![0]!["price"]!["id"] = price;

    public void CancelAll(string customer)
    {
        foreach (var subscription in _subscriptions.Values.Where(s => (string?)s["customer"] == customer))
        {
            subscription["status"] = "canceled";
        }
    }

    /// <summary>As it is now, for the body of a webhook.</summary>
    public JsonObject Subscription(string id) => _subscriptions[id].DeepClone().AsObject();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Json(JsonNode node, int status = 200) => Results.Text(node.ToJsonString(), "application/json", statusCode: status);

    private static IResult Refusal(string type, string code, int status) => Json(new JsonObject
    {
        ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = $"Stripe's own words about {SecretKey}" },
    }, status);

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/v1"))
        {
            var fields = context.Request.HasFormContentType
                ? (await context.Request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString())
                : context.Request.Query.ToDictionary(f => f.Key, f => f.Value.ToString());
            _calls.Enqueue(new StripeCall(context.Request.Method, context.Request.Path, fields, context.Request.Headers["Idempotency-Key"]));
            if (TroubleOf == "*" || (TroubleOf is not null && TroubleOf == fields.GetValueOrDefault("customer")))
            {
                await Refusal("api_error", "lock_timeout", 500).ExecuteAsync(context);
                return;
            }

            if (context.Request.Headers.Authorization != "Bearer " + SecretKey)
            {
                await Refusal("invalid_request_error", "api_key_invalid", 401).ExecuteAsync(context);
                return;
            }
        }

        await next(context);
    }

    // The same key is answered the same, and nothing is done again.
    private async Task<IResult> OnceAsync(HttpRequest request, Func<Dictionary<string, string>, JsonObject?> work)
    {
        var fields = (await request.ReadFormAsync()).ToDictionary(f => f.Key, f => f.Value.ToString());
        var key = request.Path + " " + request.Headers["Idempotency-Key"];
        lock (_answers)
        {
            if (!_answers.TryGetValue(key, out var answer))
            {
                if (work(fields) is not { } made)
                {
                    return Refusal("invalid_request_error", "resource_missing", 400);
                }

                _answers[key] = answer = made.ToJsonString();
            }

            return Results.Text(answer, "application/json");
        }
    }

    private JsonObject? Checkout(Dictionary<string, string> fields)
    {
        if (fields.GetValueOrDefault("mode") != "subscription" || fields.GetValueOrDefault("line_items[0][price]") is not { } price
            || price.StartsWith("price_gone", StringComparison.Ordinal))
        {
            return null;
        }

        var id = NewId("cs_test");
        _sessions[id] = fields;
        return new JsonObject { ["id"] = id, ["object"] = "checkout.session", ["customer"] = fields["customer"], ["url"] = $"{Address}/pay/{id}" };
    }

    private JsonObject Portal(Dictionary<string, string> fields)
    {
        var id = NewId("bps");
        _sessions[id] = fields;
        return new JsonObject { ["id"] = id, ["object"] = "billing_portal.session", ["customer"] = fields["customer"], ["url"] = $"{Address}/portal/{id}" };
    }

    private string NewId(string prefix) => $"{prefix}_{Interlocked.Increment(ref _ids)}{Guid.NewGuid():N}";
}
