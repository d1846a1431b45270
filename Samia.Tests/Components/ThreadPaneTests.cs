using Bunit;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Components;

public sealed class ThreadPaneTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _agent = null!;
    private Guid _conversation;

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _agent = Desk.Of(_inbox, _business);
        _conversation = await _agent.ReceiveAsync("Good evening");
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task A_thread_shows_messages_and_notes_in_their_order()
    {
        await _agent.Get<Notes>().AddAsync(_conversation, "A regular", Guid.NewGuid(), Cancellation);
        await _agent.Get<Sender>().SendTextAsync(_conversation, "Welcome back!", Guid.NewGuid(), Cancellation);
        await using var screen = new ScreenContext(_agent);
        var pane = await OpenAsync(screen, _conversation);

        Assert.Equal(["Good evening", "A regular", "Welcome back!"], pane.FindAll(".text, .note-text").Select(t => t.TextContent));
        Assert.Equal("Maya Haddad", pane.Find("[data-testid=customer-name]").TextContent);
        Assert.Contains("Agent One", pane.Find(".bubble.out .author").TextContent);
        Assert.Single(pane.FindAll(".day"));
    }

    [Fact]
    public async Task A_live_event_of_this_conversation_shows_and_one_of_another_does_not_read()
    {
        await using var screen = new ScreenContext(_agent);
        var pane = await OpenAsync(screen, _conversation);
        await _agent.Get<Sender>().SendTextAsync(_conversation, "Welcome!", Guid.NewGuid(), Cancellation);

        await pane.InvokeAsync(() => pane.Instance.ApplyAsync(new LiveBatch(new HashSet<Guid> { Guid.NewGuid() }, false, false)));
        Assert.Single(pane.FindAll("[data-testid=bubble]"));
        await pane.InvokeAsync(() => pane.Instance.ApplyAsync(new LiveBatch(new HashSet<Guid> { _conversation }, false, false)));
        Assert.Equal(2, pane.FindAll("[data-testid=bubble]").Count);
    }

    [Fact]
    public async Task A_conversation_of_another_business_is_not_there()
    {
        var other = await TestBusiness.CreateAsync(_inbox);
        await using var stranger = Desk.Of(_inbox, other, SeededRoles.Admin);
        await using var screen = new ScreenContext(stranger);
        var pane = screen.Render<ThreadPane>(p => Parameters(p, _conversation, new Dictionary<Guid, Colleague>()));

        pane.WaitForElement("[data-testid=thread-missing]", TimeSpan.FromSeconds(10));
        Assert.Empty(pane.FindAll("[data-testid=bubble], [data-testid=composer]"));
    }

    [Fact]
    public async Task A_viewer_reads_and_has_nothing_to_press()
    {
        await using var viewer = Desk.Of(_inbox, _business, SeededRoles.Viewer);
        await using var screen = new ScreenContext(viewer);
        var pane = await OpenAsync(screen, _conversation);

        pane.WaitForElement("[data-testid=composer-closed]", TimeSpan.FromSeconds(10));
        Assert.Empty(pane.FindAll("[data-testid=composer]"));
        Assert.True(pane.Find("[data-testid=resolve]").HasAttribute("disabled"));
        Assert.True(pane.Find("[data-testid=assign]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Resolving_and_reopening_change_the_button()
    {
        await using var screen = new ScreenContext(_agent);
        var pane = await OpenAsync(screen, _conversation);
        await pane.Find("[data-testid=resolve]").ClickAsync();
        await pane.InvokeAsync(() => pane.Instance.ApplyAsync(new LiveBatch(new HashSet<Guid>(), false, MissedSome: true)));
        await pane.WaitForElement("[data-testid=reopen]", TimeSpan.FromSeconds(10)).ClickAsync();
        await pane.InvokeAsync(() => pane.Instance.ApplyAsync(new LiveBatch(new HashSet<Guid>(), false, MissedSome: true)));
        pane.WaitForElement("[data-testid=resolve]", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_closed_window_is_said_before_somebody_writes()
    {
        var old = await _agent.ReceiveAsync("long ago", sentAt: DateTimeOffset.UtcNow.AddDays(-3));
        await using var screen = new ScreenContext(_agent);
        (await OpenAsync(screen, old)).WaitForElement("[data-testid=window-closed]", TimeSpan.FromSeconds(10));
        Assert.Empty((await OpenAsync(screen, _conversation)).FindAll("[data-testid=window-closed]"));
    }

    private async Task<IRenderedComponent<ThreadPane>> OpenAsync(ScreenContext screen, Guid conversationId)
    {
        var colleagues = (await _agent.Get<Colleagues>().AllAsync(Cancellation)).ToDictionary(c => c.Id);
        var pane = screen.Render<ThreadPane>(p => Parameters(p, conversationId, colleagues));
        await pane.WaitForElementAsync("[data-testid=thread]", TimeSpan.FromSeconds(10));
        return pane;
    }

    private static void Parameters(
        ComponentParameterCollectionBuilder<ThreadPane> pane, Guid conversationId, IReadOnlyDictionary<Guid, Colleague> colleagues) => pane
        .Add(p => p.ConversationId, conversationId).Add(p => p.BackAddress, "/").Add(p => p.Zone, TimeZoneInfo.Utc)
        .Add(p => p.Colleagues, colleagues);
}
