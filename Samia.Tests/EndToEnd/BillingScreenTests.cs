using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>An admin pays for a plan and cancels it, on Stripe's pages and back.</summary>
[Collection(typeof(BrowserTests))]
public sealed class BillingScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task A_plan_is_paid_and_cancelled_and_each_time_it_is_there_at_once(string name, int width, string locale, ColorScheme scheme)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await inbox.Arrange.Database.ExecuteAsync("update businesses set plan_id = 'trial' where id = $1", business.Id);
        var admin = await browser.NewPersonAsync(inbox.Address, width, 844, locale, scheme);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/billing");
        await admin.GetByTestId("plan-growth").WaitForAsync();
        await FitsAsync(admin, "billing-choose-" + name);
        await admin.GetByTestId("plan-growth").GetByTestId("choose").ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();

        await admin.GetByTestId("manage").WaitForAsync();
        await Assertions.Expect(admin.GetByTestId("billing")).ToContainTextAsync("Growth");
        await FitsAsync(admin, "billing-paid-" + name);
        await admin.GetByTestId("manage").ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Cancel the subscription" }).ClickAsync();
        await Assertions.Expect(admin.GetByTestId("billing")).ToContainTextAsync("Trial");
        await Assertions.Expect(admin.GetByTestId("choose")).ToHaveCountAsync(2);
    }

    private static async Task FitsAsync(IPage page, string name)
    {
        await Screens.TakeAsync(page, name);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name} is wider than its screen.");
    }
}
