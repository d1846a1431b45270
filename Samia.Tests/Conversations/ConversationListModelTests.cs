using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Tests.Support;

namespace Samia.Tests.Conversations;

public sealed class ConversationListModelTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _agent = null!;
    private ConversationListModel _model = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _agent = Desk.Of(_inbox, _business);
        _model = new ConversationListModel(_agent.Get<ConversationList>(), _agent.EmployeeId);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task A_message_moves_its_conversation_to_the_top_and_a_new_one_appears_there()
    {
        var first = await _agent.ReceiveAsync("one", "96170000011");
        var second = await _agent.ReceiveAsync("two", "96170000012");
        await _model.OpenAsync(new(ConversationTab.All), Cancellation);
        Assert.Equal([second, first], Ids);

        await _agent.ReceiveAsync("one more", "96170000011");
        var third = await _agent.ReceiveAsync("three");
        await ApplyAsync(first, third);

        Assert.Equal([third, first, second], Ids);
        Assert.Equal(("one more", 2), (_model.Rows[1].Preview, _model.Rows[1].UnreadCount));
        Assert.Equal(3, _model.Counts.All);
    }

    [Fact]
    public async Task What_no_longer_belongs_into_the_list_leaves_it_and_what_does_enters()
    {
        var mine = await _agent.ReceiveAsync("mine");
        var other = await _agent.ReceiveAsync("other");
        await _agent.Get<Assignments>().AssignAsync(mine, _agent.EmployeeId, Cancellation);
        await _model.OpenAsync(new(ConversationTab.Mine), Cancellation);

        await _agent.Get<Assignments>().AssignAsync(mine, null, Cancellation);
        await _agent.Get<Assignments>().AssignAsync(other, _agent.EmployeeId, Cancellation);
        await ApplyAsync(mine, other);
        Assert.Equal([other], Ids);

        await _agent.Get<ConversationStatuses>().ResolveAsync(other, Cancellation);
        await ApplyAsync(other);
        Assert.Empty(Ids);
    }

    [Fact]
    public async Task Scrolling_on_loads_on_and_an_old_conversation_that_was_not_reached_stays_out()
    {
        for (var i = 0; i < ConversationListModel.PageSize + 20; i++)
        {
            await _agent.ReceiveAsync($"message {i}");
        }

        await _model.OpenAsync(new(ConversationTab.All), Cancellation);
        var all = await _agent.Get<ConversationList>().PageAsync(new(ConversationTab.All), null, 500, Cancellation);
        Assert.True(_model.HasMore);
        Assert.Equal(ConversationListModel.PageSize, _model.Rows.Count);

        await _agent.Get<ReadMarker>().MarkReadAsync(all[^1].Id, Cancellation);
        await ApplyAsync(all[^1].Id);
        Assert.Equal(ConversationListModel.PageSize, _model.Rows.Count);

        await _model.EnsureAsync(60, Cancellation);
        Assert.False(_model.HasMore);
        Assert.Equal(all.Select(r => r.Id), Ids);
    }

    [Fact]
    public async Task After_missed_events_all_that_is_shown_is_read_again()
    {
        var first = await _agent.ReceiveAsync("one");
        await _model.OpenAsync(new(ConversationTab.All), Cancellation);
        var second = await _agent.ReceiveAsync("two");
        await _agent.Get<ConversationStatuses>().ResolveAsync(first, Cancellation);

        await _model.ApplyAsync(new LiveBatch(new HashSet<Guid>(), false, MissedSome: true), Cancellation);
        Assert.Equal([second], Ids);
        Assert.Equal(1, _model.Counts.All);
    }

    [Fact]
    public async Task The_tabs_are_counted_again_only_if_somebody_could_count_otherwise()
    {
        var first = await _agent.ReceiveAsync("one", "96170000011");
        var second = await _agent.ReceiveAsync("two");
        await _model.OpenAsync(new(ConversationTab.All), Cancellation);
        // Behind everybody's back, so that a count, whenever it is made, shows.
        await _inbox.Database.ExecuteAsync(
            "update conversations set assignee_id = $1 where id = $2", _agent.EmployeeId, second);

        await _agent.ReceiveAsync("one more", "96170000011");
        await ApplyAsync(first);
        Assert.Equal("one more", _model.Rows[0].Preview);
        Assert.Equal(new ConversationCounts(0, 2, 2), _model.Counts);

        await _agent.Get<Assignments>().AssignAsync(first, _agent.EmployeeId, Cancellation);
        await ApplyAsync(first);
        Assert.Equal(new ConversationCounts(2, 0, 2), _model.Counts);
    }

    [Fact]
    public async Task A_conversation_out_of_sight_is_counted_when_it_first_changes_and_when_it_is_gone()
    {
        var hidden = await _agent.ReceiveAsync("hidden", "96170000011");
        await _model.OpenAsync(new(ConversationTab.Mine), Cancellation);
        await _inbox.Database.ExecuteAsync("update conversations set assignee_id = $1", _business.EmployeeIds["Manager"]);
        await ApplyAsync(hidden);
        Assert.Equal(new ConversationCounts(0, 0, 1), _model.Counts);

        await _inbox.Database.ExecuteAsync("""
            with m as (delete from messages where conversation_id = $1) delete from conversations where id = $1
            """, hidden);
        await ApplyAsync(hidden);
        Assert.Equal(new ConversationCounts(0, 0, 0), _model.Counts);
    }

    private IEnumerable<Guid> Ids => _model.Rows.Select(r => r.Id);

    private Task ApplyAsync(params Guid[] conversations) =>
        _model.ApplyAsync(new LiveBatch(conversations.ToHashSet(), false, false), Cancellation);
}
