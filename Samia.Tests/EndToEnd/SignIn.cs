using Microsoft.Playwright;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>Signs a person in by the form, as people do.</summary>
public static class SignIn
{
    /// <summary>Opens <paramref name="path"/>, signs in, and waits until the page is live.</summary>
    public static async Task AsAsync(IPage page, TestBusiness business, string role, string path = "/")
    {
        await page.GotoAsync(path);
        await FillAsync(page, business.EmailOf(role), TestBusiness.Password);
        await page.GetByTestId("signed-in-as").WaitForAsync();
    }

    /// <summary>Fills in the form of the sign-in page and sends it.</summary>
    public static async Task FillAsync(IPage page, string email, string password)
    {
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(password);
        await page.Locator("[data-testid=sign-in-form] [type=submit]").ClickAsync();
    }
}
