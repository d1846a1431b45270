using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using static Samia.Tests.Businesses.StripeWebhooks;

namespace Samia.Tests.Businesses;

/// <summary>What Stripe tells, however often, in whatever order and by whomever it is told.</summary>
public sealed class StripeWebhookTests(PaidInbox paid) : IClassFixture<PaidInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("customer.subscription.created")]
    [InlineData("customer.subscription.updated")]
    public async Task A_subscription_brings_its_plan_and_the_log_says_so(string type)
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(Event(type, paid.Stripe.Subscription(subscription))));
        Assert.Equal((Plan.Growth, subscription), await StandsAsync(business));

        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        var row = Assert.Single(await admin.Get<ActivityTrail>().PageAsync(new ActivityQuery(Area: "business"), null, Cancellation));
        Assert.Equal(("business.plan_changed", ActorKind.Product), (row.Action, row.ActorKind));
        Assert.Contains("trial", row.Before);
        Assert.Contains("growth", row.After);
        Assert.Contains(subscription, row.Details);
    }

    [Fact]
    public async Task A_checkout_that_is_completed_brings_the_plan_before_any_other_event()
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.StarterPrice);
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(Event("checkout.session.completed", Session(customer))));
        Assert.Equal((Plan.Starter, subscription), await StandsAsync(business));
    }

    [Fact]
    public async Task What_Stripe_has_not_signed_now_is_refused_and_logged_without_its_words()
    {
        var (business, customer) = await paid.CustomerAsync();
        var body = Event("customer.subscription.created", paid.Stripe.Subscription(paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice)));
        string[] signatures =
        [
            "", "t=1,v1=", "nonsense", Sign(body, "whsec_of_somebody_else"), Sign(body + " "),
            Sign(body, at: DateTimeOffset.UtcNow.AddMinutes(-6)),
        ];
        foreach (var signature in signatures)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await DeliverAsync(body, signature));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await DeliverAsync("no json", Sign("no json")));
        Assert.Equal((Plan.Trial, null), await StandsAsync(business));
        Assert.Contains(paid.Log.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains("Stripe has not signed it"));
        Assert.DoesNotContain(paid.Log.Lines, l => l.Text.Contains(customer) || l.Text.Contains(StripeServer.WebhookSecret));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body, Sign(body, at: DateTimeOffset.UtcNow.AddMinutes(-4))));
    }

    [Fact]
    public async Task An_event_that_is_delivered_again_changes_nothing_and_asks_nobody()
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        var body = Event("customer.subscription.created", paid.Stripe.Subscription(subscription));
        await DeliverAsync(body);
        paid.Stripe.SetPrice(subscription, PaidInbox.StarterPrice);
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body));
        Assert.Equal((Plan.Growth, subscription), await StandsAsync(business));
        Assert.Single(paid.Stripe.Calls, c => c.Fields.GetValueOrDefault("customer") == customer);
    }

    [Fact]
    public async Task Many_deliveries_at_once_are_one_change()
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        var again = Event("customer.subscription.created", paid.Stripe.Subscription(subscription), $"evt_{Guid.NewGuid():N}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            DeliverAsync(i % 2 == 0 ? again : Event("checkout.session.completed", Session(customer)))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a));
        Assert.Equal((Plan.Growth, subscription), await StandsAsync(business));
        Assert.Equal(1, await CountAsync("activity_logs where business_id = $1 and action = 'business.plan_changed'", business.Id));
        Assert.Equal(7, paid.Stripe.Calls.Count(c => c.Fields.GetValueOrDefault("customer") == customer));
    }

    [Fact]
    public async Task An_event_that_comes_late_does_not_bring_back_what_is_over()
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        var begun = Event("customer.subscription.created", paid.Stripe.Subscription(subscription));
        await DeliverAsync(Event("checkout.session.completed", Session(customer)));
        paid.Stripe.CancelAll(customer);
        await DeliverAsync(Event("customer.subscription.deleted", paid.Stripe.Subscription(subscription)));
        Assert.Equal((Plan.Trial, null), await StandsAsync(business));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(begun));
        Assert.Equal((Plan.Trial, null), await StandsAsync(business));
    }

    [Theory]
    [InlineData("active", Plan.Growth)]
    [InlineData("trialing", Plan.Growth)]
    [InlineData("past_due", Plan.Growth)]
    [InlineData("unpaid", Plan.Trial)]
    [InlineData("incomplete_expired", Plan.Trial)]
    [InlineData("paused", Plan.Trial)]
    public async Task A_plan_holds_as_long_as_it_is_paid_or_Stripe_still_tries(string status, string plan)
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        await DeliverAsync(Event("checkout.session.completed", Session(customer)));
        paid.Stripe.SetStatus(subscription, status);
        await DeliverAsync(Event("customer.subscription.updated", paid.Stripe.Subscription(subscription)));
        Assert.Equal(plan, (await StandsAsync(business)).Plan);
    }

    [Fact]
    public async Task A_payment_that_is_still_open_gives_no_plan_and_takes_none_that_the_operator_gave()
    {
        var (business, customer) = await paid.CustomerAsync();
        await paid.Inbox.Database.ExecuteAsync("update businesses set plan_id = 'scale' where id = $1", business.Id);
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.StarterPrice, "incomplete");
        await DeliverAsync(Event("customer.subscription.created", paid.Stripe.Subscription(subscription)));
        Assert.Equal((Plan.Scale, null), await StandsAsync(business));
    }

    [Fact]
    public async Task Who_pays_for_two_plans_has_the_larger_until_it_is_over()
    {
        var (business, customer) = await paid.CustomerAsync();
        var growth = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        var starter = paid.Stripe.Subscribe(customer, PaidInbox.StarterPrice);
        await DeliverAsync(Event("customer.subscription.created", paid.Stripe.Subscription(starter)));
        Assert.Equal((Plan.Growth, growth), await StandsAsync(business));
        paid.Stripe.SetStatus(growth, "canceled");
        await DeliverAsync(Event("customer.subscription.deleted", paid.Stripe.Subscription(growth)));
        Assert.Equal((Plan.Starter, starter), await StandsAsync(business));
    }

    [Fact]
    public async Task A_price_that_no_plan_has_leaves_the_plan_and_is_an_error_for_whoever_runs_Samia()
    {
        var (business, customer) = await paid.CustomerAsync();
        await paid.Inbox.Database.ExecuteAsync("update businesses set plan_id = 'starter' where id = $1", business.Id);
        var subscription = paid.Stripe.Subscribe(customer, "price_of_something_else");
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(Event("customer.subscription.created", paid.Stripe.Subscription(subscription))));
        Assert.Equal((Plan.Starter, subscription), await StandsAsync(business));
        Assert.Contains(paid.Log.Lines, l => l.Level == LogLevel.Error && l.Text.Contains(subscription));
    }

    [Fact]
    public async Task A_payment_that_failed_is_told_to_the_admins_once_and_suspends_nobody()
    {
        var (business, customer) = await paid.CustomerAsync();
        var subscription = paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice, "past_due");
        await DeliverAsync(Event("invoice.payment_failed", Invoice(customer)));
        await DeliverAsync(Event("invoice.payment_failed", Invoice(customer)));
        const string Told = "admin_notifications where business_id = $1 and kind = 'billing.payment_failed'";
        Assert.Equal(1, await CountAsync(Told, business.Id));
        Assert.Equal((Plan.Growth, subscription), await StandsAsync(business));
        Assert.Equal(BusinessStatus.Active, (await paid.ReadAsync(business)).Status);

        await paid.Inbox.Database.ExecuteAsync("update admin_notifications set acknowledged_at = now() where business_id = $1", business.Id);
        await DeliverAsync(Event("invoice.payment_failed", Invoice(customer)));
        Assert.Equal(2, await CountAsync(Told, business.Id));
    }

    [Fact]
    public async Task While_Stripe_cannot_be_asked_nothing_is_half_done_and_it_delivers_again()
    {
        var (business, customer) = await paid.CustomerAsync();
        var body = Event("invoice.payment_failed", Invoice(customer));
        paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        paid.Stripe.TroubleOf = customer;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await DeliverAsync(body));
        Assert.Equal((Plan.Trial, null), await StandsAsync(business));
        Assert.Equal(0, await CountAsync("admin_notifications where business_id = $1", business.Id));
        paid.Stripe.TroubleOf = null;
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(body));
        Assert.Equal(Plan.Growth, (await StandsAsync(business)).Plan);
        Assert.Equal(1, await CountAsync("admin_notifications where business_id = $1", business.Id));
    }

    [Fact]
    public async Task What_concerns_nobody_is_answered_and_what_is_another_businesss_stays_theirs()
    {
        var (business, customer) = await paid.CustomerAsync();
        var (other, _) = await paid.CustomerAsync();
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(Event("customer.created", new JsonObject { ["id"] = customer, ["object"] = "customer" })));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(Event("something.new", new JsonObject { ["id"] = "x", ["object"] = "something" })));
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(Event("checkout.session.completed", Session("cus_of_another_product"))));

        // The customer decides whose it is, whatever the metadata says.
        var subscription = paid.Stripe.Subscription(paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice));
        subscription["metadata"] = new JsonObject { ["business_id"] = other.Id.ToString() };
        await DeliverAsync(Event("customer.subscription.created", subscription));
        Assert.Equal((Plan.Trial, null), await StandsAsync(other));
        Assert.Equal(Plan.Growth, (await StandsAsync(business)).Plan);
    }

    private Task<HttpStatusCode> DeliverAsync(string body, string? signature = null) => StripeWebhooks.DeliverAsync(paid.Inbox.Http, body, signature);

    private async Task<(string Plan, string? Subscription)> StandsAsync(TestBusiness business) =>
        await paid.ReadAsync(business) is var b ? (b.PlanId, b.StripeSubscriptionId) : default;

    private Task<long> CountAsync(string rows, Guid business) => paid.Inbox.Database.ScalarAsync<long>("select count(*) from " + rows, business);
}
