using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Businesses;

/// <summary>How people come to the pages on which a plan is paid.</summary>
public sealed class SubscriptionsTests(PaidInbox paid, RunningInbox running, TestServers servers) : IClassFixture<PaidInbox>, IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_pays_for_the_first_time_is_led_to_a_checkout_of_that_plan()
    {
        var business = await paid.BusinessAsync();
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        var view = await admin.Get<Subscriptions>().GetAsync(Cancellation);
        Assert.Equal((true, Plan.Trial, false, true), (view.IsOn, view.PlanId, view.IsSubscribed, view.MayManage));
        Assert.Equal([Plan.Starter, Plan.Growth], view.ForSale.Select(p => p.Id));

        var address = await admin.Get<Subscriptions>().CheckoutAsync(Plan.Growth, Cancellation);
        var customer = (await paid.ReadAsync(business)).StripeCustomerId;
        Assert.StartsWith(paid.Stripe.Address + "/pay/", address.AbsoluteUri);
        var fields = paid.Stripe.Session(address.Segments[^1]);
        Assert.Equal(
            ("subscription", customer, PaidInbox.GrowthPrice, "https://inbox.samia.test/settings/billing?paid=true", "https://inbox.samia.test/settings/billing"),
            (fields["mode"], fields["customer"], fields["line_items[0][price]"], fields["success_url"], fields["cancel_url"]));
        Assert.Equal([business.Id.ToString(), business.Id.ToString()], [fields["metadata[business_id]"], fields["subscription_data[metadata][business_id]"]]);
    }

    [Fact]
    public async Task However_many_click_at_once_the_business_is_one_customer()
    {
        var business = await paid.BusinessAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
            await admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation);
        }));
        var made = Assert.Single(paid.Stripe.Calls, c => c.Path == "/v1/customers" && c.Fields["metadata[business_id]"] == business.Id.ToString());
        Assert.Equal($"customer:{business.Id}", made.IdempotencyKey);
        Assert.All(paid.Stripe.Calls.Where(c => c.Method == "POST"), c => Assert.NotEmpty(c.IdempotencyKey!));
    }

    [Fact]
    public async Task Who_pays_already_is_led_to_where_that_is_changed_even_if_no_webhook_came()
    {
        var (business, customer) = await paid.CustomerAsync();
        paid.Stripe.Subscribe(customer, PaidInbox.StarterPrice);
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        var address = await admin.Get<Subscriptions>().CheckoutAsync(Plan.Growth, Cancellation);
        Assert.StartsWith(paid.Stripe.Address + "/portal/", address.AbsoluteUri);
        Assert.Equal(customer, paid.Stripe.Session(address.Segments[^1])["customer"]);
        Assert.Equal((Plan.Starter, true), ((await paid.ReadAsync(business)).PlanId, (await admin.Get<Subscriptions>().GetAsync(Cancellation)).IsSubscribed));

        var portal = await admin.Get<Subscriptions>().PortalAsync(Cancellation);
        Assert.Equal((customer, "https://inbox.samia.test/settings/billing"),
            (paid.Stripe.Session(portal.Segments[^1])["customer"], paid.Stripe.Session(portal.Segments[^1])["return_url"]));
    }

    [Fact]
    public async Task While_Stripe_is_away_people_read_a_sentence_and_nothing_is_half_done()
    {
        var business = await paid.BusinessAsync();
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        paid.Stripe.TroubleOf = "*";
        var away = await Assert.ThrowsAsync<BillingException>(() => admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation));
        paid.Stripe.TroubleOf = null;
        Assert.Equal("Stripe cannot be reached right now, and nothing was changed. Try again in a few minutes.", away.Message);
        Assert.Null((await paid.ReadAsync(business)).StripeCustomerId);
        // The same key each time, so that it is one customer if only the answer was lost.
        Assert.Single(paid.Stripe.Calls.Where(c => c.Fields.GetValueOrDefault("metadata[business_id]") == business.Id.ToString()).Select(c => c.IdempotencyKey).Distinct());
        await admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation);
        Assert.NotNull((await paid.ReadAsync(business)).StripeCustomerId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_nobody_listens_or_nobody_answers_is_the_same_to_people(bool listens)
    {
        // Whoever connects waits in its queue for ever.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var away = await TestInbox.StartAsync(servers, configure: builder =>
        {
            (builder.Configuration["Stripe:SecretKey"], builder.Configuration["Stripe:WebhookSecret"]) = (StripeServer.SecretKey, StripeServer.WebhookSecret);
            builder.Configuration["Stripe:ApiBase"] = listens ? $"http://{silent.LocalEndpoint}" : "http://127.0.0.1:1";
            builder.Configuration["Stripe:CallTimeout"] = "00:00:00.2";
        });
        await PaidInbox.SetPricesAsync(away);
        var business = await TestBusiness.CreateAsync(away);
        await using var admin = Desk.Of(away, business, SeededRoles.Admin);
        var problem = await Assert.ThrowsAsync<BillingException>(() => admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation));
        Assert.StartsWith("Stripe cannot be reached right now", problem.Message);
    }

    [Fact]
    public async Task What_Stripe_refuses_is_said_without_its_words_and_logged_without_the_key()
    {
        var business = await paid.BusinessAsync();
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        await paid.Inbox.Database.ExecuteAsync("update plans set stripe_price_id = 'price_gone' where id = 'scale'");
        var refused = await Assert.ThrowsAsync<BillingException>(() => admin.Get<Subscriptions>().CheckoutAsync(Plan.Scale, Cancellation));
        await paid.Inbox.Database.ExecuteAsync("update plans set stripe_price_id = null where id = 'scale'");
        Assert.DoesNotContain(StripeServer.SecretKey, refused.ToString());
        Assert.Contains(paid.Log.Lines, l => l.Text.Contains("resource_missing"));
        Assert.DoesNotContain(paid.Log.Lines, l => l.Text.Contains(StripeServer.SecretKey));
        await Assert.ThrowsAsync<BillingException>(() => admin.Get<Subscriptions>().CheckoutAsync(Plan.Scale, Cancellation));
    }

    [Fact]
    public async Task A_business_that_is_suspended_may_still_pay()
    {
        var business = await paid.BusinessAsync();
        await paid.Inbox.Database.ExecuteAsync("update businesses set status = 'suspended', suspended_at = now(), suspended_reason = 'unpaid' where id = $1", business.Id);
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        Assert.True((await admin.Get<Subscriptions>().GetAsync(Cancellation)).MayManage);
        await admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation);
    }

    [Fact]
    public async Task Two_businesses_are_two_customers()
    {
        var (first, second) = (await paid.BusinessAsync(), await paid.BusinessAsync());
        var sessions = new List<string>();
        foreach (var business in new[] { first, second })
        {
            await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
            sessions.Add(paid.Stripe.Session((await admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation)).Segments[^1])["customer"]);
        }

        Assert.Equal([(await paid.ReadAsync(first)).StripeCustomerId!, (await paid.ReadAsync(second)).StripeCustomerId!], sessions);
        Assert.NotEqual(sessions[0], sessions[1]);
    }

    [Fact]
    public async Task Without_keys_whoever_runs_Samia_changes_plans_and_nothing_listens_to_Stripe()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await using var admin = Desk.Of(running.Inbox, business, SeededRoles.Admin);
        var view = await admin.Get<Subscriptions>().GetAsync(Cancellation);
        Assert.Equal((false, Plan.Scale), (view.IsOn, view.PlanId));
        Assert.Empty(view.ForSale);
        var off = await Assert.ThrowsAsync<BillingException>(() => admin.Get<Subscriptions>().CheckoutAsync(Plan.Starter, Cancellation));
        Assert.Equal("Plans are changed by whoever runs Samia. Ask them for another one.", off.Message);
        Assert.Equal(HttpStatusCode.NotFound, await StripeWebhooks.DeliverAsync(running.Inbox.Http, "{}"));
    }

    [Theory]
    [InlineData("Stripe:SecretKey", "Stripe:WebhookSecret", "whsec_1")]
    [InlineData("Stripe:WebhookSecret", "Stripe:SecretKey", "sk_test_1")]
    [InlineData("Stripe:ApiBase", "Stripe:ApiBase", "http://stripe.example.com")]
    [InlineData("Stripe:CallTimeout", "Stripe:CallTimeout", "00:00:00")]
    public async Task A_setting_that_will_not_do_is_named_at_the_start_and_no_key_is(string named, string key, string value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => TestInbox.StartAsync(
            servers, running.Inbox.Database, builder => builder.Configuration[key] = value));
        Assert.Contains($"'{named}'", failure.Message);
        Assert.DoesNotContain(value + "'", failure.Message);
    }

    [Fact]
    public async Task Who_may_only_look_sees_what_is_paid_and_changes_nothing()
    {
        var business = await paid.BusinessAsync();
        await using var scope = await new PermissionActors(paid.Inbox, business).EmployeeAsync(Permissions.ViewBilling);
        var subscriptions = scope.ServiceProvider.GetRequiredService<Subscriptions>();
        Assert.False((await subscriptions.GetAsync(Cancellation)).MayManage);
        await Assert.ThrowsAsync<NotPermittedException>(() => subscriptions.CheckoutAsync(Plan.Starter, Cancellation));
        Assert.Null((await paid.ReadAsync(business)).StripeCustomerId);
    }
}
