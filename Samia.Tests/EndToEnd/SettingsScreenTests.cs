using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class SettingsScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task Every_page_of_the_settings_has_a_heading_and_fits_its_screen(
        string name, int width, string locale, ColorScheme scheme)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address, width, 844, locale, scheme);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings");
        var links = page.GetByTestId("settings-menu").GetByRole(AriaRole.Link);
        await links.First.WaitForAsync();
        await Screens.TakeAsync(page, "settings-" + name);

        var title = "";
        for (var i = 0; i < await links.CountAsync(); i++)
        {
            var path = await links.Nth(i).GetAttributeAsync("href");
            await links.Nth(i).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Uri(inbox.Address, path).ToString());
            await Assertions.Expect(page.Locator("main h1")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("main h1")).Not.ToBeEmptyAsync();
            // The address is there before the page is.
            await Assertions.Expect(page.Locator("main h1")).Not.ToHaveTextAsync(title);
            title = await page.Locator("main h1").InnerTextAsync();
            await page.WaitForFunctionAsync("() => !document.querySelector('main .mud-progress-circular')");
            await Screens.TakeAsync(page, "settings" + path!.Replace("/settings", "").Replace('/', '-') + "-" + name);
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{path} is wider than its screen.");
            if (width < 768)
            {
                await page.Locator("main a[href='/settings']").ClickAsync();
                await links.First.WaitForAsync();
            }
        }
    }
}
