using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.EndToEnd;

/// <summary>Those who manage the team at its screens, and those whom it concerns at theirs.</summary>
[Collection(typeof(BrowserTests))]
public sealed class TeamScreenTests(TestServers servers, InboxUnderTest inbox, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_who_is_deactivated_is_out_within_seconds_and_their_chats_are_everybodys()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var conversation = await desk.ReceiveAsync("hello");
        await desk.Get<Assignments>().AssignAsync(conversation, desk.EmployeeId, Cancellation);
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await agent.GetByTestId("conversation").ClickAsync();
        var watching = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(watching, business, SeededRoles.Manager);
        await Assertions.Expect(watching.GetByTestId("conversation")).ToContainTextAsync("Assigned to Agent One");

        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/team");
        var row = admin.Locator($"[data-employee='{desk.EmployeeId}']");
        await Assertions.Expect(row).ToContainTextAsync("Online");
        await Assertions.Expect(row).ToContainTextAsync("1 open");
        await row.ClickAsync();
        await admin.GetByTestId("deactivate").ClickAsync();
        await Screens.TakeAsync(admin, "team-deactivate");
        await admin.GetByTestId("confirm").ClickAsync();

        await Assertions.Expect(agent).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"), new() { Timeout = 8_000 });
        await Assertions.Expect(watching.GetByTestId("conversation")).Not.ToContainTextAsync("Assigned to");
        await Assertions.Expect(admin.GetByText("Agent One is deactivated, and one conversation is unassigned.")).ToBeVisibleAsync();
        await SignIn.FillAsync(agent, business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        await Assertions.Expect(agent.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();

        await admin.GetByTestId("reactivate").ClickAsync();
        await Assertions.Expect(admin.GetByTestId("deactivate")).ToBeVisibleAsync();
        await SignIn.FillAsync(agent, business.EmailOf(SeededRoles.Agent), TestBusiness.Password);
        await Assertions.Expect(agent.GetByTestId("tab-mine")).ToContainTextAsync("0");
    }

    [Fact]
    public async Task Colleagues_see_who_is_there_and_who_is_away()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        await desk.ReceiveAsync("hello");
        var manager = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(manager, business, SeededRoles.Manager);
        await manager.GetByTestId("conversation").ClickAsync();
        await manager.GetByTestId("assign").ClickAsync();
        var agentInMenu = manager.GetByTestId("assignable").Filter(new() { HasText = "Agent One" });
        await Assertions.Expect(agentInMenu).ToContainTextAsync("Offline");

        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await Assertions.Expect(agentInMenu).ToContainTextAsync("Online");
        await agent.GetByTestId("signed-in-as").ClickAsync();
        await agent.GetByTestId("availability-away").ClickAsync();
        await Assertions.Expect(agent.GetByTestId("signed-in-as").GetByTestId("presence")).ToHaveAttributeAsync("data-presence", "away");
        await Screens.TakeAsync(agent, "availability");
        await Assertions.Expect(agentInMenu).ToContainTextAsync("Away");
        await Screens.TakeAsync(manager, "assign-presence");

        // Another tab keeps them there; the last one takes them along.
        var second = await agent.Context.NewPageAsync();
        await second.GotoAsync("/settings/profile");
        await second.GetByTestId("signed-in-as").WaitForAsync();
        await agent.CloseAsync();
        await Assertions.Expect(second.GetByTestId("signed-in-as").GetByTestId("presence")).ToHaveAttributeAsync("data-presence", "away");
        await Assertions.Expect(agentInMenu).ToContainTextAsync("Away");
        await second.CloseAsync();
        await Assertions.Expect(agentInMenu).ToContainTextAsync("Offline", new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task Whom_a_crash_cut_off_is_offline_a_minute_later_and_there_again_with_the_next_start()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var agent = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(agent, business, SeededRoles.Agent);
        await Eventually.TrueAsync(async () => await PresenceAsync(desk) == Presence.Online);

        await using var outage = inbox.Kill();
        await using var other = await TestInbox.StartAsync(servers, inbox.Arrange.Database, builder => builder.Services
            .AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow + PresenceWorker.Patience)));
        await Eventually.TrueAsync(async () => await PresenceAsync(desk) == Presence.Offline);
        await outage.EndAsync();
        await Eventually.TrueAsync(async () => await PresenceAsync(desk) == Presence.Online, seconds: 60);
    }

    [Fact]
    public async Task An_employee_is_found_changed_and_given_a_picture()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        var admin = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(admin, business, SeededRoles.Admin, "/settings/team");
        await Assertions.Expect(admin.GetByTestId("employee")).ToHaveCountAsync(4);
        await admin.GetByLabel("Search names and e-mails").FillAsync("agent");
        await Assertions.Expect(admin.GetByTestId("employee")).ToHaveCountAsync(1);
        await Assertions.Expect(admin).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("search=agent"));
        await admin.ReloadAsync();
        await Assertions.Expect(admin.GetByTestId("employee")).ToHaveCountAsync(1);
        await admin.GetByLabel("Search names and e-mails").FillAsync("nobody of this name");
        await Assertions.Expect(admin.GetByTestId("nobody")).ToBeVisibleAsync();
        await admin.GetByRole(AriaRole.Link, new() { Name = "Show everybody" }).ClickAsync();
        await admin.GetByTestId("employee").Filter(new() { HasText = "Agent One" }).ClickAsync();

        await admin.GetByLabel("Name", new() { Exact = true }).FillAsync("Layal Saab");
        await admin.GetByLabel("Open conversations at a time").FillAsync("10");
        await admin.GetByLabel("Add a language").FillAsync("arab");
        await admin.GetByRole(AriaRole.Option).Or(admin.Locator(".mud-list-item")).First.ClickAsync();
        await Assertions.Expect(admin.GetByTestId("languages")).ToContainTextAsync("العربية");
        await admin.GetByTestId("save").ClickAsync();
        await Assertions.Expect(admin.GetByRole(AriaRole.Heading, new() { Name = "Layal Saab" })).ToBeVisibleAsync();
        await admin.GetByTestId("picture-file").SetInputFilesAsync(new FilePayload { Name = "notes.png", MimeType = "image/png", Buffer = [1, 2, 3] });
        await Assertions.Expect(admin.GetByTestId("picture-problem")).ToBeVisibleAsync();
        await admin.GetByTestId("picture-file").SetInputFilesAsync(Path.Combine(Architecture.Sources.Root, "docs", "inbox.png"));
        await Assertions.Expect(admin.Locator(".picture-field img")).ToBeVisibleAsync();
        await Screens.TakeAsync(admin, "employee");

        await admin.GotoAsync("/settings/team");
        var row = admin.GetByTestId("employee").Filter(new() { HasText = "Layal Saab" });
        await Assertions.Expect(row).ToContainTextAsync("0 of 10 open");
        await Assertions.Expect(row.Locator("img")).ToBeVisibleAsync();
        Assert.True(await row.Locator("img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth === 256)"));
    }

    [Fact]
    public async Task A_team_is_made_and_deleted_and_says_first_what_that_means()
    {
        var business = await TestBusiness.CreateAsync(inbox.Arrange);
        await using var desk = Desk.Of(inbox.Arrange, business);
        var conversation = await desk.ReceiveAsync("hello");
        var manager = await browser.NewPersonAsync(inbox.Address);
        await SignIn.AsAsync(manager, business, SeededRoles.Manager, "/settings/teams");
        await manager.GetByTestId("no-teams").GetByTestId("new-team").ClickAsync();
        await manager.GetByTestId("save").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("problem")).ToContainTextAsync("Write a name for the team.");
        await manager.GetByLabel("Name", new() { Exact = true }).FillAsync("Readings");
        await manager.GetByRole(AriaRole.Checkbox, new() { Name = "Agent One" }).CheckAsync();
        await Screens.TakeAsync(manager, "team-new");
        await manager.GetByTestId("save").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("team")).ToContainTextAsync("One colleague");

        await inbox.Arrange.Database.ExecuteAsync("update conversations set team_id = (select id from teams where business_id = $1) where id = $2", business.Id, conversation);
        await manager.GetByTestId("team").ClickAsync();
        await manager.GetByTestId("delete-team").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("confirmation")).ToContainTextAsync("One conversation will belong to no team.");
        await manager.GetByTestId("confirm").ClickAsync();
        await Assertions.Expect(manager.GetByTestId("no-teams")).ToBeVisibleAsync();
        Assert.Null((await desk.ConversationAsync(conversation)).TeamId);
    }

    private static async Task<Presence> PresenceAsync(Desk desk) =>
        (await desk.Get<Colleagues>().AllAsync(Cancellation)).Single(c => c.Id == desk.EmployeeId).Presence;
}
