using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Tests.Support;

namespace Samia.Tests.Live;

public sealed class LiveWatchTests(TestServers servers) : IAsyncLifetime
{
    private readonly List<LiveBatch> _batches = [];
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
    public async Task Many_events_of_a_short_while_are_one_batch()
    {
        var clock = new FakeTimeProvider();
        await using var watch = Watch(clock);
        watch.Start(Collect);
        var first = await _agent.ReceiveAsync("the first is shown at once");
        await Eventually.TrueAsync(() => _batches.Count == 1);

        var many = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            many.Add(await _agent.ReceiveAsync($"message {i}"));
        }

        // The next batch waits for the clock, however much has come.
        await ReceivedAsync(many[^1]);
        Assert.Single(_batches);
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await Eventually.TrueAsync(() => _batches.Count == 2);
        // Redis may take up the subscription only after the first event, of which a comparison tells then.
        Assert.True(_batches[0].MissedSome || _batches[0].ConversationIds.Single() == first);
        Assert.Equal(many.ToHashSet(), _batches[1].ConversationIds.ToHashSet());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_screen_that_failed_is_read_again_as_a_whole(bool wasCancelled)
    {
        var failed = false;
        await using var watch = Watch(TimeProvider.System);
        watch.Start(batch =>
        {
            if (!failed)
            {
                failed = true;
                throw wasCancelled ? new OperationCanceledException() : new InvalidOperationException("the database was away");
            }

            return Collect(batch);
        });
        await _agent.ReceiveAsync("hello");
        await Eventually.TrueAsync(() => _batches.Count == 1);
        Assert.True(_batches[0].MissedSome);
    }

    [Fact]
    public async Task Nothing_is_handed_over_after_the_watch_ended_nor_of_another_business()
    {
        var other = await TestBusiness.CreateAsync(_inbox);
        await using var stranger = Desk.Of(_inbox, other);
        var watch = Watch(TimeProvider.System);
        watch.Start(Collect);
        await stranger.ReceiveAsync("not for us");
        await _agent.ReceiveAsync("for us");
        await Eventually.TrueAsync(() => _batches.Count == 1);
        Assert.True(_batches[0].MissedSome || _batches[0].ConversationIds.Count == 1);

        await watch.DisposeAsync();
        var late = await _agent.ReceiveAsync("too late");
        await ReceivedAsync(late);
        Assert.Single(_batches);
    }

    private LiveWatch Watch(TimeProvider clock) => new(
        _inbox.Get<LiveFeed>(), _agent.Get<TenantContext>(), clock, NullLogger<LiveWatch>.Instance);

    private Task Collect(LiveBatch batch)
    {
        lock (_batches)
        {
            _batches.Add(batch);
        }

        return Task.CompletedTask;
    }

    // Waits until this node's feed has handed out the newest event: a change made after it proves that it has.
    private async Task ReceivedAsync(Guid conversation)
    {
        var seen = new TaskCompletionSource();
        using var subscription = _inbox.Get<LiveFeed>().Subscribe(_business.Id, live =>
        {
            if (live.ConversationIds.Contains(conversation))
            {
                seen.TrySetResult();
            }
        });
        await _agent.Get<ReadMarker>().MarkReadAsync(conversation, Cancellation);
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
