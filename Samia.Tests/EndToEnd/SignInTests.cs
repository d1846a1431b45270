using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed partial class SignInTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task A_person_signs_in_by_the_form_arrives_where_they_wanted_and_signs_out()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange, "Rose Bakery");
        var page = await browser.NewPersonAsync(inbox.Address);
        await page.GotoAsync("/conversations/0199aa00-0000-7000-8000-000000000001");
        await Assertions.Expect(page).ToHaveURLAsync(SignInAddress());

        await SignIn.FillAsync(page, business.EmailOf(SeededRoles.Agent), "not it");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(PasswordSignIn.Wrong);
        await Assertions.Expect(page.GetByLabel("E-mail")).ToHaveValueAsync(business.EmailOf(SeededRoles.Agent));

        await SignIn.FillAsync(page, business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(inbox.Address, "/conversations/0199aa00-0000-7000-8000-000000000001").ToString());
        await Assertions.Expect(page.GetByTestId("signed-in-as")).ToContainTextAsync("Agent One");
        await Assertions.Expect(page.GetByTestId("signed-in-as")).ToContainTextAsync("Rose Bakery");

        await page.GetByTestId("sign-out").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(SignInAddress());
        await page.GotoAsync("/");
        await Assertions.Expect(page).ToHaveURLAsync(SignInAddress());
    }

    [Fact]
    public async Task Who_is_deactivated_while_looking_is_sent_to_the_sign_in_page()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Agent);

        await inbox.Arrange.Database.ExecuteAsync(
            "update employees set is_active = false where id = $1", business.EmployeeIds[SeededRoles.Agent]);
        await Assertions.Expect(page).ToHaveURLAsync(SignInAddress());
        await SignIn.FillAsync(page, business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(SignInSteps.NoEmployment);
    }

    [Fact]
    public async Task Signing_out_ends_the_persons_other_tabs_too()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Agent);
        var tab = await page.Context.NewPageAsync();
        await tab.GotoAsync("/");
        await tab.GetByTestId("signed-in-as").WaitForAsync();

        await page.GetByTestId("sign-out").ClickAsync();
        await Assertions.Expect(tab).ToHaveURLAsync(SignInAddress());
    }

    [Fact]
    public async Task A_sign_in_outlives_the_program()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var page = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(page, business, SeededRoles.Agent);
        await page.EvaluateAsync("window.before = true");

        await inbox.Kill().EndAsync();
        // The page comes back by itself: loaded anew, without a sign-in.
        await page.WaitForFunctionAsync("() => !window.before");
        await page.GetByTestId("signed-in-as").WaitForAsync();
        await Assertions.Expect(page).ToHaveURLAsync(inbox.Address.ToString());
    }

    [GeneratedRegex("/sign-in(\\?|$)")]
    private static partial Regex SignInAddress();
}
