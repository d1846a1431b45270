using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>What the operator does, as the operator and the business's people see it.</summary>
[Collection(typeof(BrowserTests))]
public sealed class PlatformScreenTests(InboxUnderTest inbox, Browser browser)
{
    private const string Reason = "They asked why a webhook fails.";

    [Fact]
    public async Task The_operator_finds_a_business_and_looks_at_it()
    {
        var unique = $"Orchid {Guid.NewGuid():N}"[..20];
        var business = await TestBusiness.CreateAsync(inbox.Arrange, unique);
        var page = await OperatorAsync();
        await page.GotoAsync("/platform");
        await page.GetByTestId("business-search").FillAsync(unique);
        await Assertions.Expect(page.GetByTestId("business-row")).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByTestId("platform-rail")).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "platform-list");
        await page.GetByTestId("business-row").ClickAsync();
        await Assertions.Expect(page.GetByTestId("business-facts")).ToContainTextAsync("+96170000001");
        await Screens.TakeAsync(page, "platform-business");
        await page.GotoAsync("/platform/plans");
        await Assertions.Expect(page.GetByTestId("plan-growth")).ToBeVisibleAsync();
        await Screens.TakeAsync(page, "platform-plans");

        var phone = await OperatorAsync(390, 844);
        await phone.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await phone.GotoAsync("/platform?search=" + Uri.EscapeDataString(unique));
        await Assertions.Expect(phone.GetByTestId("business-row")).ToHaveCountAsync(1);
        await Screens.TakeAsync(phone, "platform-list-phone-dark");
        await phone.Context.AddCookiesAsync([new() { Name = "samia-language", Value = "c%3Dar%7Cuic%3Dar", Url = inbox.Address.ToString() }]);
        await phone.GotoAsync($"/platform/businesses/{business.Id}");
        await Assertions.Expect(phone.GetByTestId("business-facts")).ToBeVisibleAsync();
        await Screens.TakeAsync(phone, "platform-business-phone-arabic");
    }

    [Fact]
    public async Task A_suspension_is_seen_by_an_agent_at_once_and_lifted_at_once()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var conversation = await desk.ReceiveAsync("hello");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent, $"/conversations/{conversation}");
        await Assertions.Expect(agent.GetByTestId("mode-reply")).ToBeVisibleAsync();

        var page = await OperatorAsync();
        await page.GotoAsync($"/platform/businesses/{business.Id}");
        await page.GetByTestId("suspend-reason").FillAsync("The invoice of October is not paid.");
        await page.GetByTestId("suspend").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("suspended")).ToContainTextAsync("The invoice of October is not paid.");
        await Assertions.Expect(agent.GetByTestId("mode-reply")).ToHaveCountAsync(0);
        await desk.ReceiveAsync("are you there?", "96170777777");
        await Assertions.Expect(agent.GetByTestId("conversation")).ToHaveCountAsync(2);
        await Screens.TakeAsync(agent, "suspended-inbox");

        await page.GetByTestId("restore").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("suspended")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.GetByTestId("mode-reply")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_visit_has_a_banner_on_every_page_and_ends_when_its_time_is_over()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange, "Rose Bakery");
        await using var desk = Desk.Of(inbox.Arrange, business);
        await desk.ReceiveAsync("hello");
        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/activity");
        var page = await OperatorAsync();
        await EnterAsync(page, business);
        await Assertions.Expect(page.GetByTestId("support-banner")).ToContainTextAsync("Rose Bakery");
        await Assertions.Expect(page.GetByTestId("conversation")).ToHaveCountAsync(1);
        await page.GetByTestId("conversation").ClickAsync();
        await Assertions.Expect(page.GetByTestId("bubble")).ToContainTextAsync("hello");
        await Assertions.Expect(page.GetByTestId("composer")).ToHaveCountAsync(0);
        await Screens.TakeAsync(page, "support-visit");
        await page.GotoAsync("/settings/activity");
        await Assertions.Expect(page.GetByTestId("support-banner")).ToBeVisibleAsync();
        await Assertions.Expect(admin.GetByTestId("visit")).ToContainTextAsync(Reason);
        await Screens.TakeAsync(admin, "support-visits-of-a-business");

        await inbox.Arrange.Database.ExecuteAsync(
            "update support_visits set started_at = now() - interval '20 minutes', ends_at = now() - interval '1 second' where business_id = $1", business.Id);
        await Assertions.Expect(page.GetByTestId("platform")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(page.GetByTestId("support-banner")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_visitor_leaves_and_an_admin_sends_one_away()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange, "Rose Bakery");
        var page = await OperatorAsync();
        await EnterAsync(page, business);
        await page.GetByTestId("leave-business").ClickAsync();
        await Assertions.Expect(page.GetByTestId("platform")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("support-banner")).ToHaveCountAsync(0);

        await EnterAsync(page, business);
        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/activity");
        await admin.GetByTestId("end-visit").ClickAsync();
        await Assertions.Expect(page.GetByTestId("platform")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByTestId("conversation-list")).ToHaveCountAsync(0);
    }

    private static async Task EnterAsync(IPage page, TestBusiness business)
    {
        await page.GotoAsync($"/platform/businesses/{business.Id}");
        await page.GetByTestId("visit-reason").FillAsync(Reason);
        await page.GetByTestId("enter-business").ClickAsync();
        await page.GetByTestId("support-banner").WaitForAsync();
    }

    private async Task<IPage> OperatorAsync(int width = 1280, int height = 800)
    {
        var page = await browser.NewPersonAsync(inbox.Address, width, height);
        var cookie = await (await TestOperator.CreateAsync(inbox.Arrange)).SignInAsync(inbox.Arrange);
        await page.Context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Url = inbox.Address.ToString() }]);
        return page;
    }
}
