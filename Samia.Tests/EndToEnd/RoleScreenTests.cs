using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>Who changes roles at their screens, and whom it concerns at theirs.</summary>
[Collection(typeof(BrowserTests))]
public sealed class RoleScreenTests(InboxUnderTest inbox, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_loses_a_permission_loses_the_composer_of_the_open_inbox_at_once()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business, SeededRoles.Admin);
        await desk.ReceiveAsync("hello");
        var nights = await desk.Get<Roles>().CreateAsync(
            new("Night shift", "Answers after ten.", [Permissions.ViewConversations, Permissions.Reply, Permissions.ViewCustomers]), Cancellation);
        await inbox.Arrange.Database.ExecuteAsync(
            "update employees set role_id = $1 where id = $2", nights, business.EmployeeIds[SeededRoles.Agent]);
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await agent.GetByTestId("conversation").ClickAsync();
        await agent.GetByTestId("composer-text").FillAsync("I am just about to");
        await agent.EvaluateAsync("window.notLoadedAgain = true");

        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/roles");
        var box = admin.Locator($"tr[data-permission='{Permissions.Reply}'] input[data-role='{nights}']");
        await Assertions.Expect(box).ToBeCheckedAsync();
        await box.UncheckAsync();
        await Assertions.Expect(admin.GetByTestId("save-bar")).ToContainTextAsync("One change is not saved yet.");
        await Screens.TakeAsync(admin, "roles-changed");
        await admin.GetByTestId("save").ClickAsync();
        await Assertions.Expect(admin.GetByTestId("role-changes")).ToContainTextAsync("For one person, at once:");
        await Screens.TakeAsync(admin, "roles-summary");
        await Assertions.Expect(agent.GetByTestId("composer")).ToBeVisibleAsync();
        await admin.GetByTestId("confirm").ClickAsync();

        await Assertions.Expect(agent.GetByTestId("composer-closed")).ToBeVisibleAsync(new() { Timeout = 5_000 });
        await Assertions.Expect(agent.GetByTestId("composer")).ToHaveCountAsync(0);
        Assert.True(await agent.EvaluateAsync<bool>("window.notLoadedAgain === true"));
        await Assertions.Expect(admin.GetByTestId("save-bar")).ToHaveCountAsync(0);
        await Assertions.Expect(box).Not.ToBeCheckedAsync();
    }

    [Fact]
    public async Task Leaving_with_ticks_that_are_not_saved_is_asked_about_first()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/roles");
        await admin.Locator($"tr[data-permission='{Permissions.Reply}']").GetByLabel("Viewer").CheckAsync();
        await admin.GetByTestId("save-bar").WaitForAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "Manager" }).ClickAsync();
        await admin.GetByTestId("confirmation").WaitForAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(admin.GetByTestId("save-bar")).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "Manager" }).ClickAsync();
        await admin.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(admin.GetByTestId("role-name")).ToHaveValueAsync("Manager");
    }

    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task A_role_is_found_copied_and_changed_on_a_desktop_and_on_a_phone(string name, int width, string locale, ColorScheme scheme)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business, SeededRoles.Admin);
        await desk.Get<Roles>().CreateAsync(new("Night shift", "Answers after ten.", [Permissions.ViewConversations, Permissions.Reply]), Cancellation);
        for (var i = 1; i <= 6; i++)
        {
            await desk.Get<Roles>().CreateAsync(new($"Reception of branch {i}", "", [Permissions.ViewAssigned]), Cancellation);
        }

        var page = await browser.NewPersonAsync(inbox.Address, width, 844, locale, scheme);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings/roles");
        var roles = page.GetByTestId(width < 768 ? "role-list" : "role-grid");
        await roles.GetByRole(AriaRole.Link).First.WaitForAsync();
        await FitsAsync(page, "roles-" + name);
        if (width >= 768)
        {
            await roles.EvaluateAsync("grid => grid.scrollTo(document.dir === 'rtl' ? -300 : 300, 400)");
            await FitsAsync(page, "roles-scrolled-" + name);
        }

        await roles.GetByRole(AriaRole.Link).Filter(new() { HasText = "Night shift" }).ClickAsync();
        await page.GetByTestId("role-permissions").WaitForAsync();
        await FitsAsync(page, "role-" + name);
        await page.GetByTestId("duplicate").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/roles/new\\?from="));
        await Assertions.Expect(page.GetByTestId("role-name")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("Night shift.+|.+Night shift"));
        await page.GetByTestId("role-name").FillAsync("Weekend");
        await page.Locator($"input[data-permission='{Permissions.WriteNotes}']").CheckAsync();
        await page.GetByTestId("save").ScrollIntoViewIfNeededAsync();
        await FitsAsync(page, "role-new-" + name);
        await page.GetByTestId("save").ClickAsync();
        await roles.GetByRole(AriaRole.Link).Filter(new() { HasText = "Weekend" }).WaitForAsync();

        var made = (await desk.Get<Roles>().ListAsync(Cancellation)).Single(r => r.Name == "Weekend");
        Assert.Equal([Permissions.ViewConversations, Permissions.Reply, Permissions.WriteNotes], made.Permissions);
    }

    private static async Task FitsAsync(IPage page, string name)
    {
        await Screens.TakeAsync(page, name);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name} is wider than its screen.");
    }
}
