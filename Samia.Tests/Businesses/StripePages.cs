using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Samia.Tests.Businesses;

/// <summary>The pages to which Stripe leads people: one to pay, one to cancel. What is done there is told by webhook.</summary>
internal static class StripePages
{
    public static void Map(WebApplication app, StripeServer stripe)
    {
        app.MapGet("/pay/{id}", () => Page("Pay"));
        app.MapPost("/pay/{id}", async (string id) =>
        {
            var session = stripe.Session(id);
            var subscription = stripe.Subscribe(session["customer"], session["line_items[0][price]"]);
            await TellAsync(stripe, "customer.subscription.created", subscription);
            return Results.Redirect(session["success_url"]);
        });
        app.MapGet("/portal/{id}", () => Page("Cancel the subscription"));
        app.MapPost("/portal/{id}", async (string id) =>
        {
            var session = stripe.Session(id);
            stripe.CancelAll(session["customer"]);
            using var http = new HttpClient { BaseAddress = stripe.Inbox };
            await StripeWebhooks.DeliverAsync(http, StripeWebhooks.Event("customer.subscription.deleted",
                new() { ["id"] = "sub_over", ["object"] = "subscription", ["customer"] = session["customer"], ["status"] = "canceled" }));
            return Results.Redirect(session["return_url"]);
        });
    }

    private static async Task TellAsync(StripeServer stripe, string type, string subscription)
    {
        using var http = new HttpClient { BaseAddress = stripe.Inbox };
        await StripeWebhooks.DeliverAsync(http, StripeWebhooks.Event(type, stripe.Subscription(subscription)));
    }

    private static IResult Page(string button) =>
        Results.Text($"<!doctype html><title>Stripe</title><form method=post><button>{button}</button></form>", "text/html");
}
