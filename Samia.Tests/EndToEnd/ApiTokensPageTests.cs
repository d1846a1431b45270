using System.Net;
using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Api;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class ApiTokensPageTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task An_admin_makes_a_token_copies_it_renames_it_and_revokes_it()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings/api-tokens");
        await Assertions.Expect(page.GetByTestId("no-tokens")).ToBeVisibleAsync();
        await page.GetByTestId("new-token").ClickAsync();
        await page.GetByLabel("Name").FillAsync("Web shop");
        await page.GetByTestId("create-token").ClickAsync();
        await Assertions.Expect(page.GetByTestId("problem")).ToContainTextAsync("Choose at least one permission.");
        await page.GetByText("Write to customers.").ClickAsync();
        await page.GetByTestId("create-token").ClickAsync();
        var token = (await page.GetByTestId("token").TextContentAsync())!;
        await page.GetByTestId("copy-token").ClickAsync();
        await Assertions.Expect(page.GetByText("Copied.")).ToBeVisibleAsync();
        Assert.Equal(token, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        using var program = new ApiProgram(inbox.Address, token);
        Assert.Equal([Permissions.Reply], (await program.GetAsync("token")).Is(HttpStatusCode.OK)["permissions"].EnumerateArray().Select(p => p.GetString()));

        await page.GetByTestId("all-tokens").ClickAsync();
        var card = page.GetByTestId("api-token");
        await Assertions.Expect(card).ToContainTextAsync("Web shop");
        await Assertions.Expect(card).ToContainTextAsync("Last used");
        await Assertions.Expect(card).Not.ToContainTextAsync(token);
        await card.GetByTestId("rename-token").ClickAsync();
        await card.GetByLabel("Name").FillAsync("Shop in Beirut");
        await card.GetByTestId("save-name").ClickAsync();
        await Assertions.Expect(card).ToContainTextAsync("Shop in Beirut");

        await card.GetByTestId("revoke-token").ClickAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("ended")).ToContainTextAsync("1");
        (await program.GetAsync("token")).IsProblem(HttpStatusCode.Unauthorized, "token_revoked");
    }

    [Fact]
    public async Task What_somebody_may_not_do_they_cannot_choose()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await inbox.Arrange.Database.ExecuteAsync(
            "update roles set permissions = permissions || '{api.manage}' where business_id = $1 and name = 'Viewer'", business.Id);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Viewer, "/settings/api-tokens/new");
        await Assertions.Expect(page.GetByTestId(Permissions.ViewConversations)).ToBeEnabledAsync();
        await Assertions.Expect(page.GetByTestId(Permissions.Reply)).ToBeDisabledAsync();
    }

    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task The_pages_fit_their_screens(string name, int width, string locale, ColorScheme scheme)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await ApiProgram.TokenAsync(inbox.Arrange, business, 300, DateTimeOffset.UtcNow.AddDays(90), Permissions.Reply, Permissions.ViewConversations);
        var old = await ApiProgram.TokenAsync(inbox.Arrange, business);
        await inbox.Arrange.Database.ExecuteAsync("update api_tokens set revoked_at = now() where id = $1", old.Id);
        var page = await browser.NewPersonAsync(inbox.Address, width, 844, locale, scheme);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings/api-tokens");
        await page.GetByTestId("api-token").First.WaitForAsync();
        await page.Locator("details").Last.EvaluateAsync("d => d.open = true");
        await TakeAsync(page, "api-tokens-" + name);
        await page.GotoAsync("/settings/api-tokens/new");
        await page.GetByTestId("create-token").WaitForAsync();
        await TakeAsync(page, "new-api-token-" + name);
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await Screens.TakeAsync(page, name);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{name} is wider than its screen.");
    }
}
