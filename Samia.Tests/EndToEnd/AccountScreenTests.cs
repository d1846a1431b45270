using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>Signing in and the account page, in a real browser. A passkey's site is a name, so the address is localhost.</summary>
[Collection(typeof(BrowserTests))]
public sealed partial class AccountScreenTests(InboxUnderTest inbox, Browser browser)
{
    private Uri Localhost => new($"http://localhost:{inbox.Address.Port}");

    [Fact]
    public async Task A_passkey_is_made_on_the_account_page_signs_in_and_is_removed()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange, "Rose Bakery");
        var page = await browser.NewPersonAsync(Localhost);
        await VirtualAuthenticator.AddAsync(page);
        await SignIn.AsAsync(page, business, SeededRoles.Agent);
        await page.GotoAsync("/account");
        var form = page.GetByTestId("passkey-new");
        await form.GetByLabel("Your password").FillAsync("not it");
        await form.GetByLabel("Name, so that").FillAsync("Laptop");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is not the password that you have now.");
        await form.GetByLabel("Your password").FillAsync(TestBusiness.Password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByTestId("account-done")).ToContainTextAsync("The passkey is made.");
        await Assertions.Expect(page.GetByTestId("passkey")).ToContainTextAsync("Laptop");
        await Screens.TakeAsync(page, "account");

        // The browser offers it where the e-mail is typed, and the person takes it at once.
        await page.GetByTestId("sign-out").ClickAsync();
        await page.GetByTestId("signed-in-as").WaitForAsync();
        Assert.Equal("Passkey", await inbox.Arrange.Database.ScalarAsync<string>(
            "select details->>'proof' from activity_logs where business_id = $1 and action = 'employee.signed_in' order by sequence desc limit 1", business.Id));

        await VirtualAuthenticator.OfferNothingAsync(page);
        await page.GetByTestId("sign-out").ClickAsync();
        await page.GetByTestId("passkey-sign-in").GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByTestId("signed-in-as").WaitForAsync();

        await page.GotoAsync("/account");
        var key = page.GetByTestId("passkey");
        await key.Locator("summary").ClickAsync();
        await key.GetByLabel("Name").FillAsync("Old laptop");
        await key.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("account-done")).ToContainTextAsync("its new name");
        await Assertions.Expect(page.GetByTestId("passkey")).ToContainTextAsync("Old laptop");
        await page.GetByTestId("passkey").Locator("summary").ClickAsync();
        await page.GetByTestId("passkey").GetByLabel("Your password").FillAsync(TestBusiness.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("account-done")).ToContainTextAsync("removed");
        await Assertions.Expect(page.GetByTestId("passkey")).ToHaveCountAsync(0);
        await page.GetByTestId("sign-out").ClickAsync();
        await page.GetByTestId("passkey-sign-in").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("This passkey was not accepted.");
    }

    [Fact]
    public async Task A_passkey_without_the_persons_verification_makes_nothing()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(Localhost);
        await VirtualAuthenticator.AddAsync(page, verifies: false);
        await SignIn.AsAsync(page, business, SeededRoles.Agent);
        await page.GotoAsync("/account");
        var form = page.GetByTestId("passkey-new");
        await form.GetByLabel("Your password").FillAsync(TestBusiness.Password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(form.GetByRole(AriaRole.Alert)).ToContainTextAsync("Try again");
        Assert.Equal(0, await inbox.Arrange.Database.ScalarAsync<long>(
            "select count(*) from user_passkeys p join employees e on e.user_id = p.user_id where e.business_id = $1", business.Id));
    }

    [Fact]
    public async Task An_operator_makes_a_passkey_before_anything_else_and_signs_in_with_it()
    {
        var olivia = await TestOperator.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(Localhost);
        await VirtualAuthenticator.AddAsync(page);
        await page.GotoAsync("/sign-in");
        await SignIn.FillAsync(page, olivia.Email, TestBusiness.Password);
        await Assertions.Expect(page).ToHaveURLAsync(SetUpAddress());
        await Screens.TakeAsync(page, "set-up-second-step");
        await page.GetByTestId("passkey-new").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(PlatformAddress());

        await VirtualAuthenticator.OfferNothingAsync(page);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/sign-in");
        await SignIn.FillAsync(page, olivia.Email, TestBusiness.Password);
        await page.GetByTestId("passkey-sign-in").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(PlatformAddress());
    }

    [Fact]
    public async Task A_second_step_is_set_up_by_the_key_and_asked_for_at_the_next_sign_in()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(Localhost);
        await SignIn.AsAsync(page, business, SeededRoles.Agent);
        await page.GotoAsync("/account");
        await page.GetByTestId("second-step-link").ClickAsync();
        await page.GetByText("Type the key in instead").ClickAsync();
        var app = new Totp(await page.GetByTestId("authenticator-key").InnerTextAsync());
        await Screens.TakeAsync(page, "authenticator");
        await page.GetByLabel("Code of your authenticator app").FillAsync(app.Code(-1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch it on" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("recovery-codes").GetByRole(AriaRole.Listitem)).ToHaveCountAsync(Authenticator.RecoveryCodeCount);
        await Screens.TakeAsync(page, "recovery-codes");
        await page.GetByTestId("go-on").ClickAsync();
        await page.GetByTestId("sign-out").ClickAsync();

        await SignIn.FillAsync(page, business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        await page.GetByLabel("Code of your authenticator app").FillAsync(app.Code());
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.GetByTestId("signed-in-as").WaitForAsync();
    }

    [Fact]
    public async Task Somebody_of_two_businesses_changes_over_from_the_rail()
    {
        var one = await TestBusiness.CreateAsync(inbox.Arrange, "Alpha");
        var two = await TestBusiness.CreateAsync(inbox.Arrange, "Beta");
        await inbox.Arrange.Database.ExecuteAsync(
            "update employees set user_id = (select user_id from employees where id = $1) where id = $2",
            one.EmployeeIds[SeededRoles.Agent], two.EmployeeIds[SeededRoles.Viewer]);
        var page = await browser.NewPersonAsync(Localhost);
        await page.GotoAsync("/");
        await SignIn.FillAsync(page, one.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        await page.GetByTestId("choose-business").Filter(new() { HasText = "Alpha" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("signed-in-as")).ToContainTextAsync("Alpha");

        await page.GetByTestId("signed-in-as").Locator("summary").ClickAsync();
        await Screens.TakeAsync(page, "rail-menu");
        await page.GetByTestId("change-to").ClickAsync();
        await Assertions.Expect(page.GetByTestId("signed-in-as").Locator("summary")).ToContainTextAsync("Beta");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(Localhost, "/").ToString());
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_another_browsers_page()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var here = await browser.NewPersonAsync(Localhost);
        await SignIn.AsAsync(here, business, SeededRoles.Agent);
        var there = await browser.NewPersonAsync(Localhost);
        await SignIn.AsAsync(there, business, SeededRoles.Agent);

        await here.GotoAsync("/account");
        await Assertions.Expect(here.GetByTestId("session")).ToHaveCountAsync(2);
        await here.GetByTestId("end-everywhere").ClickAsync();
        await Assertions.Expect(there).ToHaveURLAsync(SignInAddress(), new() { Timeout = 5_000 });
        await Assertions.Expect(here).ToHaveURLAsync(SignInAddress());
    }

    [GeneratedRegex("/sign-in(\\?|$)")]
    private static partial Regex SignInAddress();

    [GeneratedRegex("/sign-in/set-up")]
    private static partial Regex SetUpAddress();

    [GeneratedRegex("/platform$")]
    private static partial Regex PlatformAddress();
}
