using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Conversations;

public sealed class ConversationListTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _agent = Desk.Of(_inbox, _business);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition()
    {
        var newestFirst = new List<Guid>();
        for (var i = 0; i < 23; i++)
        {
            newestFirst.Insert(0, await _agent.ReceiveAsync($"message {i}"));
        }

        var list = _agent.Get<ConversationList>();
        var read = new List<ConversationRow>();
        ConversationCursor? after = null;
        List<ConversationRow> page;
        do
        {
            page = await list.PageAsync(new(ConversationTab.All), after, 5, Cancellation);
            read.AddRange(page);
            after = page.Count > 0 ? page[^1].Cursor : after;
        }
        while (page.Count == 5);

        Assert.Equal(newestFirst, read.Select(r => r.Id));
        Assert.Equal("message 22", read[0].Preview);
        Assert.All(read, r => Assert.Equal(1, r.UnreadCount));
    }

    [Fact]
    public async Task Tabs_and_status_show_what_they_say_and_the_counts_agree()
    {
        var mine = await _agent.ReceiveAsync("mine");
        var theirs = await _agent.ReceiveAsync("theirs");
        var nobodys = await _agent.ReceiveAsync("nobody's");
        var done = await _agent.ReceiveAsync("done");
        await _agent.Get<Assignments>().AssignAsync(mine, _agent.EmployeeId, Cancellation);
        await _agent.Get<Assignments>().AssignAsync(theirs, _business.EmployeeIds[SeededRoles.Manager], Cancellation);
        await _agent.Get<ConversationStatuses>().ResolveAsync(done, Cancellation);

        Assert.Equal([mine], await IdsAsync(new(ConversationTab.Mine)));
        Assert.Equal([nobodys], await IdsAsync(new(ConversationTab.Unassigned)));
        Assert.Equal([nobodys, theirs, mine], await IdsAsync(new(ConversationTab.All)));
        Assert.Equal([done], await IdsAsync(new(ConversationTab.All, ConversationStatus.Resolved)));
        Assert.Equal(new ConversationCounts(1, 1, 3),
            await _agent.Get<ConversationList>().CountsAsync(ConversationStatus.Open, Cancellation));
    }

    [Fact]
    public async Task Another_business_sees_no_row_by_page_by_id_and_in_the_counts()
    {
        var secret = await _agent.ReceiveAsync("secret");
        var other = await TestBusiness.CreateAsync(_inbox);
        await using var stranger = Desk.Of(_inbox, other, SeededRoles.Admin);
        var list = stranger.Get<ConversationList>();

        Assert.Empty(await list.PageAsync(new(ConversationTab.All), null, 50, Cancellation));
        Assert.Empty(await list.RowsAsync([secret], Cancellation));
        Assert.Equal(new ConversationCounts(0, 0, 0), await list.CountsAsync(ConversationStatus.Open, Cancellation));
        Assert.Null(await stranger.Get<OpenConversations>().FindAsync(secret, Cancellation));
        Assert.Empty(await stranger.Get<ConversationThread>().BeforeAsync(secret, null, 50, Cancellation));
        await Assert.ThrowsAsync<ConversationNotFoundException>(
            () => stranger.Get<Sender>().SendTextAsync(secret, "hello", Guid.NewGuid(), Cancellation));
        await Assert.ThrowsAsync<ConversationNotFoundException>(
            () => stranger.Get<Assignments>().AssignAsync(secret, null, Cancellation));
        await Assert.ThrowsAsync<ConversationNotFoundException>(
            () => stranger.Get<Notes>().AddAsync(secret, "hello", Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task Who_may_not_see_conversations_is_refused()
    {
        await _inbox.Database.ExecuteAsync(
            "update roles set permissions = '{}' where business_id = $1 and name = 'Viewer'", _business.Id);
        await using var blind = Desk.Of(_inbox, _business, SeededRoles.Viewer);

        await Assert.ThrowsAsync<NotPermittedException>(
            () => blind.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 50, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => blind.Get<ConversationThread>().BeforeAsync(Guid.NewGuid(), null, 50, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(
            () => blind.Get<OpenConversations>().FindAsync(Guid.NewGuid(), Cancellation));
    }

    private async Task<List<Guid>> IdsAsync(ConversationListQuery query) =>
        [.. (await _agent.Get<ConversationList>().PageAsync(query, null, 50, Cancellation)).Select(r => r.Id)];
}
