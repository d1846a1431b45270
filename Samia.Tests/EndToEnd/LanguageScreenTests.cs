using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class LanguageScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task A_person_switches_to_Arabic_and_back_the_page_is_mirrored_and_the_choice_outlives_the_sign_in()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        Assert.True(await IsLeftHalfAsync(page, ".rail"));

        await page.GetByTestId("language-ar").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(inbox.Address, "/settings").ToString());
        await Assertions.Expect(page.GetByTestId("sign-out")).ToHaveTextAsync("تسجيل الخروج");
        Assert.False(await IsLeftHalfAsync(page, ".rail"));

        await page.GetByTestId("sign-out").ClickAsync();
        await Assertions.Expect(page.GetByTestId("sign-in-form")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await Screens.TakeAsync(page, "sign-in-arabic");
        await page.GetByTestId("language-en").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await SignIn.FillAsync(page, business.EmailOf(SeededRoles.Admin), TestBusiness.Password);
        await Assertions.Expect(page.GetByTestId("sign-out")).ToHaveTextAsync("Sign out");
    }

    [Fact]
    public async Task What_happens_live_is_told_in_the_language_of_the_screen()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var page = await browser.NewPersonAsync(inbox.Address, locale: "ar-LB");
        await SignIn.AsAsync(page, business, SeededRoles.Agent);
        await Assertions.Expect(page.GetByTestId("list-empty")).ToContainTextAsync("لا توجد محادثات مفتوحة");

        var conversation = await desk.ReceiveAsync("hello");
        await Assertions.Expect(page.GetByTestId("conversation")).ToContainTextAsync("الآن");
        await page.GetByTestId("conversation").ClickAsync();
        await page.GetByTestId("assign").ClickAsync();
        await page.GetByTestId("assign-me").WaitForAsync();
        await Screens.TakeAsync(page, "assign-arabic");
        await page.GetByTestId("assign-me").ClickAsync();
        await Assertions.Expect(page.GetByTestId("assign")).ToHaveTextAsync("أنت");
        await desk.Get<Samia.Inbox.Conversations.ConversationStatuses>().ResolveAsync(conversation, TestContext.Current.CancellationToken);
        await Assertions.Expect(page.GetByTestId("reopen")).ToHaveTextAsync("إعادة فتح");
    }

    [Fact]
    public async Task Chosen_colours_beat_those_of_the_machine_from_the_first_moment()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address, scheme: ColorScheme.Light);
        await SignIn.AsAsync(page, business, SeededRoles.Agent, "/settings/appearance");
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(246, 244, 240)");

        await page.GetByTestId("theme-Dark").ClickAsync();
        await Assertions.Expect(page.GetByTestId("theme-Dark")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(18, 22, 26)");
        Assert.Equal("rgba(26,31,36,1)", await KitColourAsync(page));

        await page.GetByTestId("theme-System").ClickAsync();
        await Assertions.Expect(page.GetByTestId("theme-System")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(18, 22, 26)");
        await Eventually.TrueAsync(async () => await KitColourAsync(page) == "rgba(26,31,36,1)");
    }

    // MudBlazor's surface, which it sets itself.
    private static async Task<string> KitColourAsync(IPage page) => (await page.EvaluateAsync<string>(
        "getComputedStyle(document.documentElement).getPropertyValue('--mud-palette-surface')")).Trim();

    private static async Task<bool> IsLeftHalfAsync(IPage page, string selector) =>
        (await page.Locator(selector).BoundingBoxAsync())!.X < page.ViewportSize!.Width / 2.0;
}
