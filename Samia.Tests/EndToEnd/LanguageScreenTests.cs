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
        await page.GetByTestId("language-en").ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await SignIn.FillAsync(page, business.EmailOf(SeededRoles.Admin), TestBusiness.Password);
        await Assertions.Expect(page.GetByTestId("sign-out")).ToHaveTextAsync("Sign out");
    }

    private static async Task<bool> IsLeftHalfAsync(IPage page, string selector) =>
        (await page.Locator(selector).BoundingBoxAsync())!.X < page.ViewportSize!.Width / 2.0;
}
