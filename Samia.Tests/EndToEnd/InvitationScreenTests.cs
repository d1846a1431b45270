using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

[Collection(typeof(BrowserTests))]
public sealed class InvitationScreenTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task Somebody_is_invited_gets_a_mail_and_is_on_everybodys_list_until_that_is_revoked()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var email = $"maya.{Guid.NewGuid():N}@example.test";
        var colleague = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(colleague, business, SeededRoles.Admin, "/settings/team");
        var manager = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(manager, business, SeededRoles.Manager, "/settings/team");
        await manager.GetByTestId("invite").ClickAsync();
        await manager.GetByLabel("E-mail", new() { Exact = true }).FillAsync("maya");
        await manager.GetByLabel("Name", new() { Exact = true }).FillAsync("Maya Haddad");
        await manager.GetByTestId("send-invitation").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("problem")).ToContainTextAsync("This is no e-mail address.");
        await Assertions.Expect(manager.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Maya Haddad");
        await manager.GetByLabel("E-mail", new() { Exact = true }).FillAsync(email);
        await Screens.TakeAsync(manager, "team-invite");
        await manager.GetByTestId("send-invitation").ClickAsync();

        var mail = await inbox.MailToAsync(email);
        Assert.Contains($"{inbox.Address.Authority}/invitation/{business.Id}/", mail.TextBody);
        await Assertions.Expect(manager.GetByTestId("invitation")).ToContainTextAsync("Maya Haddad");
        await Assertions.Expect(colleague.GetByTestId("invitation")).ToContainTextAsync(email);
        await Screens.TakeAsync(manager, "team-invited");
        await manager.GetByTestId("send-again").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("invitation-problem")).ToContainTextAsync("less than a minute ago");
        await manager.GetByTestId("revoke").ClickAsync();
        await manager.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("invitation")).ToHaveCountAsync(0);
        await Assertions.Expect(colleague.GetByTestId("invitation")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("desktop-en-light", 1280, "en", ColorScheme.Light)]
    [InlineData("desktop-ar-dark", 1280, "ar-LB", ColorScheme.Dark)]
    [InlineData("phone-en-dark", 390, "en", ColorScheme.Dark)]
    [InlineData("phone-ar-light", 390, "ar-LB", ColorScheme.Light)]
    public async Task The_pages_of_the_team_fit_their_screen(string name, int width, string locale, ColorScheme scheme)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business, SeededRoles.Admin);
        var agent = business.EmployeeIds[SeededRoles.Agent];
        var role = (await desk.Get<RoleChoices>().AllAsync(TestContext.Current.CancellationToken)).Single(r => r.Name == SeededRoles.Agent).Id;
        var team = await desk.Get<Teams>().CreateAsync(new TeamDetails("Readings", "Tarot, coffee and palms, in the evening too", [agent]), TestContext.Current.CancellationToken);
        await desk.Get<Teams>().CreateAsync(new TeamDetails("Bookings", "", []), TestContext.Current.CancellationToken);
        await desk.Get<Employees>().ChangeAsync(agent, new EmployeeDetails("Layal Saab-Khoury de Beauharnais", role, [team], ["ar", "en", "fr"], 10), TestContext.Current.CancellationToken);
        await desk.Get<Inviting>().InviteAsync(new NewInvitation($"{Guid.NewGuid():N}@example.test", "Nadim Khoury", role, [team], "en"), TestContext.Current.CancellationToken);
        await desk.Get<Departures>().DeactivateAsync(business.EmployeeIds[SeededRoles.Viewer], TestContext.Current.CancellationToken);

        var page = await browser.NewPersonAsync(inbox.Address, width, 844, locale, scheme);
        await SignIn.AsAsync(page, business, SeededRoles.Admin, "/settings/team?shown=all");
        foreach (var (path, what) in (( string Path, string What)[])
                 [
                     ("/settings/team?shown=all", "team"), ($"/settings/team/{agent}", "employee"), ("/settings/team/invite", "invite"),
                     ("/settings/teams", "teams"), ($"/settings/teams/{team}", "team-edit"), ("/settings/profile", "profile"),
                 ])
        {
            await page.GotoAsync(path);
            await page.Locator("main h1").WaitForAsync();
            await page.WaitForFunctionAsync("() => !document.querySelector('main .mud-progress-circular') && document.querySelector('main .avatar, main form, main .card')");
            await Screens.TakeAsync(page, $"team-{what}-{name}");
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), $"{path} is wider than its screen.");
        }
    }
}
