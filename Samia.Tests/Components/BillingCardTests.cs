using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;
using Samia.Tests.Businesses;
using Samia.Tests.Support;
using Samia.Tests.Team;

namespace Samia.Tests.Components;

public sealed class BillingCardTests(PaidInbox paid, RunningInbox running) : IClassFixture<PaidInbox>, IClassFixture<RunningInbox>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Without_Stripe_it_says_who_changes_plans()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        await using var admin = Desk.Of(running.Inbox, business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var card = Open(screen);
        Assert.Contains("Your plan: Scale", card.Markup);
        Assert.Contains("Plans are changed by whoever runs Samia.", card.Find("[data-testid=billing-off]").TextContent);
        Assert.Empty(card.FindAll("button"));
    }

    [Fact]
    public async Task A_plan_for_sale_says_what_it_costs_and_includes_and_choosing_it_leads_to_Stripe()
    {
        var business = await paid.BusinessAsync();
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var card = Open(screen);
        var growth = card.Find("[data-testid=plan-growth]");
        Assert.Contains("99 USD a month", growth.TextContent);
        Assert.Contains("Employees: 20", growth.TextContent);
        Assert.Empty(card.FindAll("[data-testid=plan-scale], [data-testid=manage]"));
        await growth.QuerySelector("[data-testid=choose]")!.ClickAsync();
        Assert.StartsWith(paid.Stripe.Address + "/pay/", LedTo(screen));
    }

    [Fact]
    public async Task Who_pays_is_led_to_where_that_is_changed()
    {
        var (business, customer) = await paid.CustomerAsync();
        paid.Stripe.Subscribe(customer, PaidInbox.GrowthPrice);
        await StripeWebhooks.DeliverAsync(paid.Inbox.Http, StripeWebhooks.Event("checkout.session.completed", StripeWebhooks.Session(customer)));
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var card = Open(screen);
        Assert.Contains("Your plan: Growth", card.Markup);
        Assert.Empty(card.FindAll("[data-testid=choose]"));
        await card.Find("[data-testid=manage]").ClickAsync();
        Assert.StartsWith(paid.Stripe.Address + "/portal/", LedTo(screen));
    }

    [Fact]
    public async Task Who_comes_back_from_paying_reads_that_it_is_on_its_way_and_then_sees_the_plan()
    {
        var (business, customer) = await paid.CustomerAsync();
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        screen.Services.GetRequiredService<NavigationManager>().NavigateTo("/settings/billing?paid=true");
        var card = Open(screen);
        card.Find("[data-testid=paid]");
        paid.Stripe.Subscribe(customer, PaidInbox.StarterPrice);
        await StripeWebhooks.DeliverAsync(paid.Inbox.Http, StripeWebhooks.Event("checkout.session.completed", StripeWebhooks.Session(customer)));
        card.WaitForElement("[data-testid=manage]", Patience);
        Assert.Contains("Your plan: Starter", card.Markup);
    }

    [Fact]
    public async Task What_does_not_work_is_said_and_the_plans_stay()
    {
        var (business, customer) = await paid.CustomerAsync();
        await using var admin = Desk.Of(paid.Inbox, business, SeededRoles.Admin);
        await using var screen = new ScreenContext(admin);
        var card = Open(screen);
        paid.Stripe.TroubleOf = customer;
        await card.Find("[data-testid=plan-starter] [data-testid=choose]").ClickAsync();
        paid.Stripe.TroubleOf = null;
        Assert.Contains("Stripe cannot be reached right now", card.Find("[data-testid=billing-problem]").TextContent);
        Assert.Equal(2, card.FindAll("[data-testid=choose]").Count);
    }

    [Fact]
    public async Task Who_may_only_look_has_nothing_to_press()
    {
        var business = await paid.BusinessAsync();
        await using var scope = await new PermissionActors(paid.Inbox, business).EmployeeAsync(Permissions.ViewBilling);
        await using var screen = new ScreenContext();
        screen.Services.AddFallbackServiceProvider(scope.ServiceProvider);
        var card = Open(screen);
        card.Find("[data-testid=not-yours]");
        Assert.Empty(card.FindAll("button"));
    }

    private static string LedTo(ScreenContext screen) => screen.Services.GetRequiredService<BunitNavigationManager>().History.First().Uri;

    private static IRenderedComponent<BillingCard> Open(ScreenContext screen)
    {
        var card = screen.Render<BillingCard>();
        card.WaitForElement("[data-testid=billing]", Patience);
        return card;
    }
}
