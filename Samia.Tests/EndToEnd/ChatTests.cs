using Microsoft.Playwright;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Local.Simulator;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>The main job: a customer writes, an agent sees it and answers, the answer arrives.</summary>
[Collection(typeof(BrowserTests))]
public sealed class ChatTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task A_customer_writes_an_agent_sees_it_and_answers_and_the_ticks_turn()
    {
        var (business, maya) = await OpenAsync("Maya Haddad");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await Assertions.Expect(agent.GetByTestId("list-empty")).ToBeVisibleAsync();

        await inbox.WhatsApp.WriteAsync(maya, "Good evening, is Thursday free?");
        var row = agent.GetByTestId("conversation");
        await Assertions.Expect(row).ToContainTextAsync("Good evening, is Thursday free?");
        await Assertions.Expect(row.GetByTestId("unread")).ToHaveTextAsync("1 unread");
        await row.ClickAsync();
        await Assertions.Expect(agent.GetByTestId("bubble")).ToContainTextAsync("Good evening, is Thursday free?");
        await Assertions.Expect(row.GetByTestId("unread")).ToHaveCountAsync(0);

        maya.SetOnline(false);
        await WriteAsync(agent, "Yes, at six or at seven.");
        var answer = agent.Locator("[data-testid=bubble][data-direction=out]");
        await Assertions.Expect(answer).ToContainTextAsync("Yes, at six or at seven.");
        await Assertions.Expect(answer).ToHaveAttributeAsync("data-status", "sent");
        Assert.Equal(ChatStatus.Read, maya.Messages[0].Status);

        maya.SetOnline(true);
        await Assertions.Expect(answer).ToHaveAttributeAsync("data-status", "delivered");
        Assert.Equal("Yes, at six or at seven.", maya.Messages[^1].Text);
        using (maya.OpenChat())
        {
            await Assertions.Expect(answer).ToHaveAttributeAsync("data-status", "read");
        }

        await Assertions.Expect(row).ToContainTextAsync("Yes, at six or at seven.");
        await Screens.TakeAsync(agent, "chat");
    }

    [Fact]
    public async Task An_agent_of_another_business_sees_nothing_by_the_screen_the_address_and_the_service()
    {
        var (business, maya) = await OpenAsync("Maya Haddad");
        var other = await TestBusiness.CreateAsync(inbox.Arrange);
        var stranger = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(stranger, other, SeededRoles.Admin);
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await inbox.WhatsApp.WriteAsync(maya, "a secret");
        await agent.GetByTestId("conversation").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("bubble")).ToHaveCountAsync(1);
        var address = new Uri(agent.Url).PathAndQuery;

        await Assertions.Expect(stranger.GetByTestId("list-empty")).ToBeVisibleAsync();
        await stranger.GotoAsync(address);
        await Assertions.Expect(stranger.GetByTestId("thread-missing")).ToBeVisibleAsync();
        Assert.DoesNotContain("secret", await stranger.ContentAsync());

        await using var desk = Desk.Of(inbox.Arrange, other, SeededRoles.Admin);
        var id = Guid.Parse(address.Split('/', '?')[2]);
        Assert.Null(await desk.Get<OpenConversations>().FindAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failed_message_says_why_and_sending_again_sends()
    {
        var (business, maya) = await OpenAsync("Maya Haddad");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await inbox.WhatsApp.WriteAsync(maya, "hello");
        await agent.GetByTestId("conversation").ClickAsync();

        maya.Line.Misbehaviour.TurnOn(Misbehaviour.NotOnWhatsApp);
        await WriteAsync(agent, "Are you there?");
        await Assertions.Expect(agent.GetByTestId("failure")).ToContainTextAsync("WhatsApp");
        await Assertions.Expect(agent.GetByTestId("conversation").GetByTestId("ticks")).ToHaveAttributeAsync("data-status", "failed");
        await Screens.TakeAsync(agent, "failed");

        maya.Line.Misbehaviour.TurnOff(Misbehaviour.NotOnWhatsApp);
        await agent.GetByTestId("send-again").ClickAsync();
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-status=delivered]")).ToContainTextAsync("Are you there?");
        Assert.Single(maya.Messages, m => !m.FromCustomer);
    }

    [Fact]
    public async Task An_expired_token_pauses_sending_keeps_the_queue_and_an_admin_resumes_it()
    {
        var (business, maya) = await OpenAsync("Maya Haddad");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin);
        await inbox.WhatsApp.WriteAsync(maya, "hello");
        await agent.GetByTestId("conversation").ClickAsync();

        maya.Line.Misbehaviour.TurnOn(Misbehaviour.ExpiredToken);
        await WriteAsync(agent, "This one waits.");
        await Assertions.Expect(agent.GetByTestId("sending-paused")).ToBeVisibleAsync();
        await Assertions.Expect(agent.GetByTestId("resume-sending")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-direction=out]")).ToHaveAttributeAsync("data-status", "queued");
        await Screens.TakeAsync(agent, "paused");

        maya.Line.Misbehaviour.TurnOff(Misbehaviour.ExpiredToken);
        await admin.GetByTestId("resume-sending").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("sending-paused")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-status=delivered]")).ToContainTextAsync("This one waits.");
    }

    [Fact]
    public async Task A_customer_without_a_number_is_answered_and_shown_by_username()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var luna = inbox.Connect(business).AddPhone(NewPhone.WithUsername("Luna", "luna.moon"));
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await inbox.WhatsApp.WriteAsync(luna, "hello from a username");
        await agent.GetByTestId("conversation").ClickAsync();
        await Assertions.Expect(agent.GetByText("@luna.moon")).ToBeVisibleAsync();
        await WriteAsync(agent, "Welcome, Luna!");
        await Assertions.Expect(agent.Locator("[data-testid=bubble][data-status=delivered]")).ToContainTextAsync("Welcome, Luna!");
        Assert.Equal("Welcome, Luna!", luna.Messages[^1].Text);
    }

    private async Task<(TestBusiness Business, SimulatedPhone Phone)> OpenAsync(string name)
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        return (business, inbox.Connect(business).AddPhone(NewPhone.WithNumber(name, WhatsApp.Bodies.NewNumber())));
    }

    private static async Task WriteAsync(IPage page, string text)
    {
        await Composer.Of(page).FillAsync(text);
        await Composer.Of(page).PressAsync("Enter");
    }
}
