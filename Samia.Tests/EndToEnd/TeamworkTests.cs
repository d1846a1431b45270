using Microsoft.Playwright;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>Several employees at one inbox.</summary>
[Collection(typeof(BrowserTests))]
public sealed class TeamworkTests(InboxUnderTest inbox, Browser browser)
{
    [Fact]
    public async Task Assigning_noting_and_resolving_show_on_a_colleagues_screen()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        await desk.ReceiveAsync("hello");
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        var manager = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(manager, business, SeededRoles.Manager);
        await agent.GetByTestId("conversation").ClickAsync();
        await manager.GetByTestId("conversation").ClickAsync();

        await agent.GetByTestId("assign").ClickAsync();
        await Screens.TakeAsync(agent, "assign");
        await agent.GetByTestId("assign-me").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("assign")).ToHaveTextAsync("You");
        await Assertions.Expect(manager.GetByTestId("assign")).ToHaveTextAsync("Agent One");
        await Assertions.Expect(manager.GetByTestId("conversation")).ToContainTextAsync("Assigned to Agent One");
        await Assertions.Expect(agent.GetByTestId("tab-mine")).ToContainTextAsync("1");

        await agent.GetByTestId("mode-note").ClickAsync();
        await Composer.Of(agent).FillAsync("She prefers Thursdays.");
        await Screens.TakeAsync(agent, "note-mode");
        await agent.GetByTestId("send").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("note")).ToContainTextAsync("She prefers Thursdays.");
        await Screens.TakeAsync(manager, "note");

        await manager.GetByTestId("resolve").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("reopen")).ToBeVisibleAsync();
        await Assertions.Expect(agent.GetByTestId("list-empty")).ToBeVisibleAsync();
        await agent.GetByTestId("reopen").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("conversation")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_viewer_sees_everything_live_and_can_send_nothing()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var viewer = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(viewer, business, SeededRoles.Viewer);
        await desk.ReceiveAsync("hello");
        await viewer.GetByTestId("conversation").ClickAsync();

        await Assertions.Expect(viewer.GetByTestId("composer-closed")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.GetByTestId("composer")).ToHaveCountAsync(0);
        await Assertions.Expect(viewer.GetByTestId("resolve")).ToBeDisabledAsync();
        // The team still has it to read.
        await Assertions.Expect(viewer.GetByTestId("unread")).ToHaveTextAsync("1 unread");
    }

    [Fact]
    public async Task A_long_list_and_a_long_thread_scroll_to_their_ends_and_keep_their_place()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await Samia.Local.Scale.ScaleData.FillAsync(inbox.Arrange.Database.Superuser, business.Id, 300, 1, null, TestContext.Current.CancellationToken);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var conversation = Guid.Empty;
        for (var i = 0; i < 320; i++)
        {
            conversation = await desk.ReceiveAsync($"message {i}", "96170999999", sentAt: DateTimeOffset.UtcNow.AddMinutes(i - 400));
        }

        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await Assertions.Expect(agent.GetByTestId("conversation").First).ToBeVisibleAsync();
        await agent.GotoAsync($"/conversations/{conversation}");
        await Assertions.Expect(Bubble(agent, "message 319")).ToBeVisibleAsync();
        Assert.InRange(await agent.GetByTestId("bubble").CountAsync(), 50, ThreadModel.MaxItems);

        await ScrollUntilAsync(agent, "thread", -3000, Bubble(agent, "message 0"));
        Assert.InRange(await agent.GetByTestId("bubble").CountAsync(), 50, ThreadModel.MaxItems);
        await ScrollUntilAsync(agent, "thread", 3000, Bubble(agent, "message 319"));

        // Further than what the first page holds, and the rows that left the screen left the page.
        var open = await desk.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 500, TestContext.Current.CancellationToken);
        await ScrollUntilAsync(agent, "conversation-list", 3000, agent.Locator($"[data-conversation='{open[^1].Id}']"));
        Assert.InRange(await agent.GetByTestId("conversation").CountAsync(), 5, 60);
    }

    private static ILocator Bubble(IPage page, string text) =>
        page.GetByTestId("bubble").GetByText(text, new() { Exact = true });

    private static async Task ScrollUntilAsync(IPage page, string testId, int by, ILocator seen)
    {
        await page.GetByTestId(testId).HoverAsync();
        await Eventually.TrueAsync(async () =>
        {
            await page.Mouse.WheelAsync(0, by);
            return await seen.CountAsync() > 0 && await seen.First.IsVisibleAsync();
        }, seconds: 60);
    }
}
