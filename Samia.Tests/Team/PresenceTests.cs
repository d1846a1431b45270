using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;
using StackExchange.Redis;

namespace Samia.Tests.Team;

/// <summary>Two nodes over one database, each with a clock of its own: one that stands still is a node that was killed.</summary>
public sealed class PresenceTests(TestServers servers) : IAsyncLifetime
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private readonly FakeTimeProvider _clockA = new(DateTimeOffset.UtcNow);
    private readonly FakeTimeProvider _clockB = new(DateTimeOffset.UtcNow);
    private TestInbox _a = null!;
    private TestInbox _b = null!;
    private TestBusiness _business = null!;
    private Desk _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _a = await TestInbox.StartAsync(servers, configure: b => b.Services.AddSingleton<TimeProvider>(_clockA));
        _b = await TestInbox.StartAsync(servers, _a.Database, b => b.Services.AddSingleton<TimeProvider>(_clockB));
        _business = await TestBusiness.CreateAsync(_a);
        _manager = Desk.Of(_b, _business, SeededRoles.Manager);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        await _b.DisposeAsync();
        await _a.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_is_there_from_their_first_tab_to_some_seconds_after_their_last_on_whatever_node()
    {
        Assert.Equal(Presence.Offline, await PresenceAsync());
        await using var one = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        await AfterAsync(_clockA, Tick, Presence.Online);
        await using var two = await FakeTab.OpenAsync(_b, _business, SeededRoles.Agent);
        await CircuitsAfterAsync(_clockB, Tick, 2);

        await one.LoseAsync();
        await CircuitsAfterAsync(_clockA, NodeCircuits.Grace + Tick, 1);
        Assert.Equal(Presence.Online, await PresenceAsync());
        await two.LoseAsync();
        await AfterAsync(_clockB, NodeCircuits.Grace + Tick, Presence.Offline);
    }

    [Fact]
    public async Task Loading_a_page_again_and_a_short_loss_of_the_network_change_nothing()
    {
        await using var one = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        await AfterAsync(_clockA, Tick, Presence.Online);
        var before = await SequenceAsync();
        await one.LoseAsync();
        _clockA.Advance(NodeCircuits.Grace / 2);
        await one.ConnectAsync();
        await using var reloaded = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        await CircuitsAfterAsync(_clockA, NodeCircuits.Grace * 2, 2);
        await one.LoseAsync();
        await CircuitsAfterAsync(_clockA, NodeCircuits.Grace * 2, 1);
        Assert.Equal(before, await SequenceAsync());
    }

    [Fact]
    public async Task A_node_that_was_killed_takes_its_people_along_and_one_that_only_slept_brings_them_back()
    {
        await using var asleep = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        await AfterAsync(_clockA, Tick, Presence.Online);
        await using var awake = await FakeTab.OpenAsync(_b, _business, SeededRoles.Viewer);
        await AfterAsync(_clockB, Tick, Presence.Online, SeededRoles.Viewer);

        using var told = new Told(_b, _business);
        for (var waited = TimeSpan.Zero; waited < PresenceWorker.Patience; waited += PresenceWorker.Renewal)
        {
            Assert.Equal(Presence.Online, await PresenceAsync());
            await RenewedAsync(_clockB, SeededRoles.Viewer);
        }

        await AfterAsync(_clockB, PresenceWorker.Renewal, Presence.Offline);
        await Eventually.TrueAsync(() => told.Of(_business.EmployeeIds[SeededRoles.Agent]));
        Assert.Equal(Presence.Online, await PresenceAsync(SeededRoles.Viewer));
        Assert.False(told.Of(_business.EmployeeIds[SeededRoles.Viewer]));

        await AfterAsync(_clockA, PresenceWorker.Renewal, Presence.Online);
    }

    [Fact]
    public async Task A_node_that_is_stopped_leaves_its_people_the_time_to_move_to_another()
    {
        await using var one = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        await AfterAsync(_clockA, Tick, Presence.Online);
        await _a.StopAsync();
        Assert.Equal(Presence.Online, await PresenceAsync());
        await AfterAsync(_clockB, PresenceWorker.Renewal, Presence.Offline);
    }

    [Fact]
    public async Task Many_who_come_at_once_are_one_event()
    {
        var before = await SequenceAsync();
        using var told = new Told(_b, _business);
        var tabs = new List<FakeTab>();
        for (var i = 0; i < 50; i++)
        {
            tabs.Add(await FakeTab.OpenAsync(_a, _business, _business.EmployeeIds.Keys.ElementAt(i % 4)));
        }

        await CircuitsAfterAsync(_clockA, Tick, 50);
        Assert.Equal(before + 1, await SequenceAsync());
        await Eventually.TrueAsync(() => _business.EmployeeIds.Values.All(told.Of));
        foreach (var tab in tabs)
        {
            await tab.DisposeAsync();
        }
    }

    [Fact]
    public async Task Two_nodes_that_lose_the_last_two_tabs_at_once_tell_it_once()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var one = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
            await using var two = await FakeTab.OpenAsync(_b, _business, SeededRoles.Agent);
            _clockA.Advance(Tick);
            await CircuitsAfterAsync(_clockB, Tick, 2);
            var before = await SequenceAsync();
            await one.LoseAsync();
            await two.LoseAsync();
            _clockA.Advance(NodeCircuits.Grace + Tick);
            await CircuitsAfterAsync(_clockB, NodeCircuits.Grace + Tick, 0);
            Assert.Equal(before + 1, await SequenceAsync());
        }
    }

    [Fact]
    public async Task While_somebody_is_there_they_are_what_they_chose()
    {
        await using var agent = Desk.Of(_a, _business);
        await agent.Get<MyProfile>().ChooseAvailabilityAsync(EmployeeAvailability.Away, Cancellation);
        Assert.Equal(Presence.Offline, await PresenceAsync());
        await using var one = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        await AfterAsync(_clockA, Tick, Presence.Away);

        using var told = new Told(_b, _business);
        await agent.Get<MyProfile>().ChooseAvailabilityAsync(EmployeeAvailability.Online, Cancellation);
        Assert.Equal(Presence.Online, await PresenceAsync());
        await Eventually.TrueAsync(() => told.Of(agent.EmployeeId));
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_later()
    {
        await _a.Database.ExecuteAsync("alter table open_circuits add constraint closed check (false) not valid");
        await using var one = await FakeTab.OpenAsync(_a, _business, SeededRoles.Agent);
        _clockA.Advance(Tick);
        await _a.Database.ExecuteAsync("alter table open_circuits drop constraint closed");
        await AfterAsync(_clockA, TimeSpan.FromSeconds(3), Presence.Online);
    }

    private async Task<Presence> PresenceAsync(string role = SeededRoles.Agent) =>
        (await _manager.Get<Colleagues>().AllAsync(Cancellation)).Single(c => c.Id == _business.EmployeeIds[role]).Presence;

    // The worker may have looked just before, so time passes again until it has seen.
    private Task AfterAsync(FakeTimeProvider clock, TimeSpan time, Presence presence, string role = SeededRoles.Agent) =>
        Eventually.TrueAsync(async () =>
        {
            clock.Advance(time);
            time = Tick;
            return await PresenceAsync(role) == presence;
        });

    private Task CircuitsAfterAsync(FakeTimeProvider clock, TimeSpan time, int count) => Eventually.TrueAsync(async () =>
    {
        clock.Advance(time);
        time = Tick;
        return await _a.Database.ScalarAsync<long>("select count(*) from open_circuits where business_id = $1", _business.Id) == count;
    });

    // Lets a node's clock go on to its next renewal, and waits until it has been.
    private async Task RenewedAsync(FakeTimeProvider clock, string role)
    {
        clock.Advance(PresenceWorker.Renewal);
        await Eventually.TrueAsync(async () => await _a.Database.ScalarAsync<DateTime>(
            "select seen_at from open_circuits where employee_id = $1", _business.EmployeeIds[role]) >= clock.GetUtcNow().UtcDateTime.AddMilliseconds(-1));
    }

    private Task<long> SequenceAsync() =>
        _a.Database.ScalarAsync<long>("select live_sequence from businesses where id = $1", _business.Id);

    private sealed class Told : IDisposable
    {
        private readonly HashSet<Guid> _colleagues = [];
        private readonly IDisposable _subscription;

        public Told(TestInbox node, TestBusiness business)
        {
            _subscription = node.Get<LiveFeed>().Subscribe(business.Id, live =>
            {
                lock (_colleagues)
                {
                    _colleagues.UnionWith(live.ColleagueIds);
                }
            });
            // Answered after the subscription is.
            node.Get<IConnectionMultiplexer>().GetSubscriber().Ping();
        }

        public bool Of(Guid employeeId)
        {
            lock (_colleagues)
            {
                return _colleagues.Contains(employeeId);
            }
        }

        public void Dispose() => _subscription.Dispose();
    }
}
