using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>The pages of signing in on a phone, in both languages, light and dark; and an invitation that is accepted on one.</summary>
[Collection(typeof(BrowserTests))]
public sealed class AccountLooksTests(InboxUnderTest inbox, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Localhost => new($"http://localhost:{inbox.Address.Port}");

    [Theory]
    [InlineData("en-US", ColorScheme.Light, "en")]
    [InlineData("ar", ColorScheme.Dark, "ar-dark")]
    public async Task Nothing_is_wider_than_a_phone(string locale, ColorScheme scheme, string name)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange, "Rose Bakery");
        var page = await browser.NewPersonAsync(Localhost, 390, 844, locale, scheme);
        foreach (var path in new[] { "/sign-in", ForgottenPasswordPage.Address, NewPasswordPage.Address, InvitationPage.Address })
        {
            await page.GotoAsync(path);
            await FitsAsync(page, path, name);
        }

        await page.GotoAsync("/sign-in");
        await page.Locator("#email").FillAsync(business.EmailOf(SeededRoles.Agent));
        await page.Locator("#password").FillAsync(TestBusiness.Password);
        await page.GetByTestId("sign-in-form").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByTestId("signed-in-as").WaitForAsync();
        foreach (var path in new[] { AccountPage.Address, AccountSecondStepPage.Address })
        {
            await page.GotoAsync(path);
            await FitsAsync(page, path, name);
        }

        await page.GotoAsync("/");
        await page.GetByTestId("signed-in-as").Locator("summary").ClickAsync();
        await FitsAsync(page, "/rail-menu", name);
    }

    [Fact]
    public async Task Somebody_new_accepts_an_invitation_with_a_passkey_alone()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange, "Cedar Dental");
        await using var admin = Desk.Of(inbox.Arrange, business, SeededRoles.Admin);
        var role = await admin.ReadAsync(db => db.Roles.Where(r => r.Name == SeededRoles.Viewer).Select(r => r.Id).SingleAsync(Cancellation));
        var (secret, email) = (InvitationSecret.New(), $"maya.{Guid.NewGuid():N}@example.test");
        var id = Guid.CreateVersion7();
        await inbox.Arrange.Database.ExecuteAsync("""
            insert into invitations (business_id, id, email, name, role_id, team_ids, language, secret_hash, created_at, expires_at)
            values ($1, $2, $3, 'Maya', $4, '{}', 'en', $5, now(), now() + interval '1 day')
            """, business.Id, id, email, role, secret.Hash);
        var page = await browser.NewPersonAsync(Localhost, 390, 844);
        await VirtualAuthenticator.AddAsync(page);
        await page.GotoAsync(secret.PathOf(business.Id, id));
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Localhost, InvitationPage.Address).ToString());
        await Screens.TakeAsync(page, "invitation-phone");
        await page.GetByTestId("passkey-new").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByTestId("signed-in-as")).ToContainTextAsync("Maya");
        Assert.True(await inbox.Arrange.Database.ScalarAsync<bool>("select password_hash is null from users where email = $1", email));

        await page.GotoAsync(AccountPage.Address);
        await page.GetByTestId("passkey").Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("You could not sign in without it.");
    }

    private static async Task FitsAsync(IPage page, string path, string name)
    {
        await Screens.TakeAsync(page, $"phone-{name}{path.Replace('/', '-')}");
        Assert.True(await page.EvaluateAsync<bool>(
            "[document.documentElement, ...document.querySelectorAll('main')].every(e => e.scrollWidth <= e.clientWidth)"), $"{path} is wider than a phone.");
    }
}
