using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Samia.Tests.Businesses;

/// <summary>Webhooks as Stripe makes and signs them. https://docs.stripe.com/webhooks#verify-manually</summary>
public static class StripeWebhooks
{
    public static string Event(string type, JsonObject about, string? id = null) => new JsonObject
    {
        ["id"] = id ?? $"evt_{Guid.NewGuid():N}", ["object"] = "event", ["api_version"] = "2026-10-28.endive", ["type"] = type,
        ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), ["livemode"] = false, ["pending_webhooks"] = 1,
        ["data"] = new JsonObject { ["object"] = about },
    }.ToJsonString();

    public static JsonObject Invoice(string customer) => new() { ["id"] = $"in_{Guid.NewGuid():N}", ["object"] = "invoice", ["customer"] = customer };

    public static JsonObject Session(string customer) => new() { ["id"] = $"cs_{Guid.NewGuid():N}", ["object"] = "checkout.session", ["customer"] = customer, ["mode"] = "subscription" };

    public static string Sign(string body, string secret = StripeServer.WebhookSecret, DateTimeOffset? at = null)
    {
        var time = (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }

    public static async Task<HttpStatusCode> DeliverAsync(HttpClient inbox, string body, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/stripe") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature ?? Sign(body));
        using var response = await inbox.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
