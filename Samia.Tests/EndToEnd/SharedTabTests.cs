using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>Colleagues who share a machine sign in one after another in one tab.</summary>
[Collection(typeof(BrowserTests))]
public sealed class SharedTabTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task What_one_person_left_unsent_waits_for_them_and_the_next_one_neither_sees_nor_sends_it()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var line = inbox.Connect(business);
        var maya = line.AddPhone(NewPhone.WithNumber("Maya Haddad", WhatsApp.Bodies.NewNumber()));
        var tab = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(tab, business, SeededRoles.Admin);
        await inbox.WhatsApp.WriteAsync(maya, "hello");
        await tab.GetByTestId("conversation").ClickAsync();
        await Assertions.Expect(tab.GetByTestId("bubble")).ToContainTextAsync("hello");
        var thread = new Uri(tab.Url).PathAndQuery;
        await Assertions.Expect(Composer.Of(tab)).ToHaveValueAsync("");

        // The connection is away: what is sent and what is typed stand in the browser alone.
        await using var outage = inbox.Kill();
        await tab.Locator("#components-reconnect-modal").WaitForAsync();
        await Composer.Of(tab).FillAsync("sent by the admin");
        await Composer.Of(tab).PressAsync("Enter");
        await Composer.Of(tab).FillAsync("the admin's draft");
        await tab.GotoAsync("about:blank");
        await outage.EndAsync();
        // A page without a composer, so that signing out is quicker than sending.
        await tab.GotoAsync("/settings/webhooks");
        await tab.GetByTestId("sign-out").ClickAsync();
        await tab.GetByLabel("Password").WaitForAsync();

        await SignIn.AsAsync(tab, business, SeededRoles.Agent, thread);
        await Assertions.Expect(Composer.Of(tab)).ToHaveValueAsync("");
        await Composer.Of(tab).FillAsync("sent by the agent");
        await Composer.Of(tab).PressAsync("Enter");
        var sent = tab.Locator("[data-testid=bubble][data-direction=out]");
        await Assertions.Expect(sent).ToHaveAttributeAsync("data-status", "delivered");
        await Assertions.Expect(sent).ToContainTextAsync("sent by the agent");
        await Composer.Of(tab).FillAsync("the agent's draft");
        await tab.GetByTestId("sign-out").ClickAsync();
        await tab.GetByLabel("Password").WaitForAsync();
        Assert.Equal(["sent by the agent"], maya.Messages.Where(m => !m.FromCustomer).Select(m => m.Text));

        await SignIn.AsAsync(tab, business, SeededRoles.Admin, thread);
        await Assertions.Expect(sent).ToHaveCountAsync(2);
        await Assertions.Expect(sent.Last).ToContainTextAsync("sent by the admin");
        await Assertions.Expect(sent.Last).ToContainTextAsync("Admin One");
        await Assertions.Expect(sent.Last).ToHaveAttributeAsync("data-status", "delivered");
        await Assertions.Expect(Composer.Of(tab)).ToHaveValueAsync("the admin's draft");
        await tab.ReloadAsync();
        await Assertions.Expect(sent).ToHaveCountAsync(2);
        Assert.Equal(["sent by the agent", "sent by the admin"], maya.Messages.Where(m => !m.FromCustomer).Select(m => m.Text));
    }

    [Fact]
    public async Task What_was_written_in_a_conversation_that_was_merged_meanwhile_is_sent_in_the_one_that_goes_on()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        inbox.Connect(business);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var (number, bsuid) = (WhatsApp.Bodies.NewNumber(), WhatsApp.Bodies.NewBsuid());
        var kept = await desk.ReceiveAsync(new CustomerIdentity(number, null, ProfileName: "Rana"), "by my number");
        var gone = await desk.ReceiveAsync(new CustomerIdentity(null, bsuid, ProfileName: "Rana"), "by my username");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent, $"/conversations/{gone}");
        await Assertions.Expect(agent.GetByTestId("bubble")).ToContainTextAsync("by my username");
        await Assertions.Expect(Composer.Of(agent)).ToHaveValueAsync("");

        await using var outage = inbox.Kill();
        await agent.Locator("#components-reconnect-modal").WaitForAsync();
        await Composer.Of(agent).FillAsync("sent while away");
        await Composer.Of(agent).PressAsync("Enter");
        await Composer.Of(agent).FillAsync("typed while away");
        await desk.ReceiveAsync(new CustomerIdentity(number, bsuid), "by both");
        await outage.EndAsync();

        await Assertions.Expect(agent).ToHaveURLAsync(new Uri(inbox.Address, $"/conversations/{kept}").ToString(), new() { Timeout = 60_000 });
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-direction=out]")).ToContainTextAsync("sent while away", new() { Timeout = 30_000 });
        await Assertions.Expect(agent.GetByTestId("bubble")).ToHaveCountAsync(4);
        await Assertions.Expect(Composer.Of(agent)).ToHaveValueAsync("typed while away");
    }

    [Fact]
    public async Task What_is_refused_after_a_merge_is_given_back_where_it_would_have_been_sent()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var (number, bsuid) = (WhatsApp.Bodies.NewNumber(), WhatsApp.Bodies.NewBsuid());
        var kept = await desk.ReceiveAsync(new CustomerIdentity(number, null, ProfileName: "Rana"), "by my number");
        var gone = await desk.ReceiveAsync(new CustomerIdentity(null, bsuid, ProfileName: "Rana"), "by my username");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent, $"/conversations/{gone}");
        await Assertions.Expect(Composer.Of(agent)).ToHaveValueAsync("");

        await using var outage = inbox.Kill();
        await agent.Locator("#components-reconnect-modal").WaitForAsync();
        await Composer.Of(agent).FillAsync("sent while away");
        await Composer.Of(agent).PressAsync("Enter");
        await Composer.Of(agent).FillAsync("typed while away");
        await desk.ReceiveAsync(new CustomerIdentity(number, bsuid), "by both");
        await inbox.Arrange.Database.ExecuteAsync(
            "update roles set permissions = array_remove(permissions, $2) where id = (select role_id from employees where id = $1)",
            business.EmployeeIds[SeededRoles.Agent], Permissions.Reply);
        await outage.EndAsync();

        await Assertions.Expect(agent).ToHaveURLAsync(new Uri(inbox.Address, $"/conversations/{kept}").ToString(), new() { Timeout = 60_000 });
        await Assertions.Expect(Composer.Of(agent)).ToHaveValueAsync(new Regex("sent while away"), new() { Timeout = 30_000 });
        await Assertions.Expect(Composer.Of(agent)).ToHaveValueAsync(new Regex("typed while away"));
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-direction=out]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_merge_under_somebodys_hands_takes_the_page_and_the_text_along()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var (number, bsuid) = (WhatsApp.Bodies.NewNumber(), WhatsApp.Bodies.NewBsuid());
        var kept = await desk.ReceiveAsync(new CustomerIdentity(number, null, ProfileName: "Rana"), "by my number");
        var gone = await desk.ReceiveAsync(new CustomerIdentity(null, bsuid, ProfileName: "Rana"), "by my username");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent, $"/conversations/{gone}");
        await Composer.Of(agent).FillAsync("half a sent");

        await desk.ReceiveAsync(new CustomerIdentity(number, bsuid), "by both");
        await Assertions.Expect(agent).ToHaveURLAsync(new Uri(inbox.Address, $"/conversations/{kept}").ToString());
        await Assertions.Expect(agent.GetByTestId("bubble")).ToHaveCountAsync(3);
        await Assertions.Expect(Composer.Of(agent)).ToHaveValueAsync("half a sent");
        await agent.GoBackAsync();
        await Assertions.Expect(agent).Not.ToHaveURLAsync(new Uri(inbox.Address, $"/conversations/{gone}").ToString());
    }
}
