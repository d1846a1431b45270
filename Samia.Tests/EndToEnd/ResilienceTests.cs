using Microsoft.Playwright;
using Samia.Inbox.Team;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>The server goes away under somebody's hands.</summary>
[Collection(typeof(BrowserTests))]
public sealed class ResilienceTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task After_a_crash_the_page_comes_back_by_itself_with_the_draft_and_what_was_sent_meanwhile_goes_out_once()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var line = inbox.Connect(business);
        var maya = line.AddPhone(NewPhone.WithNumber("Maya Haddad", WhatsApp.Bodies.NewNumber()));
        var karim = line.AddPhone(NewPhone.WithNumber("Karim Nassar", WhatsApp.Bodies.NewNumber()));
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await inbox.WhatsApp.WriteAsync(maya, "hello");
        await inbox.WhatsApp.WriteAsync(karim, "good morning");
        var text = Composer.Of(agent);

        await agent.GetByTestId("conversation").Filter(new() { HasText = "Karim" }).ClickAsync();
        await Assertions.Expect(agent.GetByTestId("bubble")).ToContainTextAsync("good morning");
        await text.FillAsync("a draft for Karim");
        await agent.GetByTestId("conversation").Filter(new() { HasText = "Maya" }).ClickAsync();
        await Assertions.Expect(agent.GetByTestId("bubble")).ToContainTextAsync("hello");
        await text.WaitForAsync();

        await using var outage = inbox.Kill();
        await agent.Locator("#components-reconnect-modal").WaitForAsync();
        await text.FillAsync("sent while the server was away");
        await text.PressAsync("Enter");
        await text.FillAsync("typed while the server was away");
        await Screens.TakeAsync(agent, "reconnecting");
        await outage.EndAsync();

        var sent = agent.Locator("[data-testid=bubble][data-direction=out]");
        await Assertions.Expect(sent).ToContainTextAsync("sent while the server was away", new() { Timeout = 60_000 });
        await Assertions.Expect(sent).ToHaveAttributeAsync("data-status", "delivered");
        await Assertions.Expect(text).ToHaveValueAsync("typed while the server was away");
        Assert.Single(maya.Messages, m => !m.FromCustomer);

        await inbox.WhatsApp.WriteAsync(maya, "and live again");
        await Assertions.Expect(agent.GetByTestId("bubble").Last).ToContainTextAsync("and live again");
        await agent.GetByTestId("conversation").Filter(new() { HasText = "Karim" }).ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync("a draft for Karim");
    }

    [Fact]
    public async Task A_draft_is_there_on_another_device()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var conversation = await desk.ReceiveAsync("hello");
        var desktop = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(desktop, business, SeededRoles.Agent, $"/conversations/{conversation}");
        await Composer.Of(desktop).FillAsync("half a sent");
        await Eventually.TrueAsync(async () => (await desk.Get<Samia.Inbox.Conversations.Drafts>()
            .RestoreAsync(conversation, null, [], TestContext.Current.CancellationToken)).Text == "half a sent");

        var phone = await browser.NewPersonAsync(inbox.Address, 390, 844);
        await SignIn.AsAsync(phone, business, SeededRoles.Agent);
        await phone.GotoAsync($"/conversations/{conversation}");
        await Assertions.Expect(Composer.Of(phone)).ToHaveValueAsync("half a sent");
    }

    [Fact]
    public async Task On_a_phone_list_and_thread_are_two_screens_and_a_newcomers_two_tabs_talk_to_each_other()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        inbox.Connect(business);
        var customer = await browser.NewPersonAsync(inbox.WhatsApp.Address);
        await customer.GotoAsync($"/simulator?business={business.PhoneNumberId}");
        await customer.GetByTestId("new-customer").ClickAsync();
        await customer.GetByTestId("new-customer-name").FillAsync("Maya Haddad");
        await customer.GetByTestId("new-customer-number").FillAsync("+961 70 555 111");
        await customer.GetByTestId("new-customer-create").ClickAsync();
        var agent = await browser.NewPersonAsync(inbox.Address, 390, 844);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);

        await customer.GetByTestId("composer-input").FillAsync("Are you open on Saturday?");
        await customer.GetByTestId("send-button").ClickAsync();
        await agent.GetByTestId("conversation").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("conversation-list")).ToBeHiddenAsync();
        await Composer.Of(agent).FillAsync("Yes, from 11 to 6");
        await agent.GetByTestId("send").ClickAsync();

        await Assertions.Expect(customer.Locator("[data-testid=bubble][data-direction=outbound]")).ToContainTextAsync("Yes, from 11 to 6");
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-direction=out]")).ToHaveAttributeAsync("data-status", "read");
        Assert.False(await agent.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "The page is wider than the phone.");
        await Screens.TakeAsync(agent, "phone-thread");
        await Screens.TakeAsync(customer, "simulator");

        await agent.GetByLabel("Back to the list").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("conversation-list")).ToBeVisibleAsync();
        await Assertions.Expect(agent.GetByTestId("thread")).ToHaveCountAsync(0);
    }
}
