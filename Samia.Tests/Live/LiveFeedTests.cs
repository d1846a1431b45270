using Samia.Inbox.Live;
using Samia.Local.Redis;
using Samia.Tests.Support;

namespace Samia.Tests.Live;

/// <summary>Redis may lose anything, and no screen stays wrong.</summary>
public sealed class LiveFeedTests(TestServers servers)
{
    [Fact]
    public async Task A_change_whose_event_was_lost_has_the_screens_read_again()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        var business = await TestBusiness.CreateAsync(inbox);
        await using var agent = Desk.Of(inbox, business);
        var (events, subscription) = Subscribe(inbox, business);
        using var _ = subscription;
        await agent.ReceiveAsync("this one arrives");
        await Eventually.TrueAsync(() => events.Any(e => !e.MissedSome));

        // A node that dies between its commit and its publish leaves just this behind.
        await inbox.Database.ExecuteAsync("update businesses set live_sequence = live_sequence + 1 where id = $1", business.Id);
        await Eventually.TrueAsync(() => events.Any(e => e.MissedSome));
    }

    [Fact]
    public async Task When_Redis_was_away_the_screens_read_again_and_events_flow_on()
    {
        var redis = LocalRedis.Start();
        await using var inbox = await TestInbox.StartAsync(servers, configure: builder =>
            builder.Configuration["ConnectionStrings:Redis"] = redis.ConnectionString);
        var business = await TestBusiness.CreateAsync(inbox);
        await using var agent = Desk.Of(inbox, business);
        var (events, subscription) = Subscribe(inbox, business);
        using var _ = subscription;
        await agent.ReceiveAsync("one");
        await Eventually.TrueAsync(() => events.Count > 0);

        redis.Dispose();
        // Each would wait five seconds, were it to wait for Redis.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => agent.ReceiveAsync("written while Redis is away")))
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        redis = LocalRedis.Start(redis.Port);
        try
        {
            await Eventually.TrueAsync(() => events.Any(e => e.MissedSome), seconds: 60);
            var before = events.Count(e => !e.MissedSome);
            await Eventually.TrueAsync(async () =>
            {
                await agent.ReceiveAsync("and now");
                return events.Count(e => !e.MissedSome) > before;
            }, seconds: 60);
        }
        finally
        {
            redis.Dispose();
        }
    }

    private static (IReadOnlyCollection<LiveEvent> Events, IDisposable Subscription) Subscribe(TestInbox inbox, TestBusiness business)
    {
        var events = new System.Collections.Concurrent.ConcurrentQueue<LiveEvent>();
        return (events, inbox.Get<LiveFeed>().Subscribe(business.Id, events.Enqueue));
    }
}
