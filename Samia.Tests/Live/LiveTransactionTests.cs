using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Live;

public sealed class LiveTransactionTests(TestServers servers)
{
    [Fact]
    public async Task A_committed_change_reaches_a_subscriber_of_another_node_with_its_number()
    {
        await using var first = await TestInbox.StartAsync(servers);
        await using var second = await TestInbox.StartAsync(servers, first.Database);
        var business = await TestBusiness.CreateAsync(first);
        var other = await TestBusiness.CreateAsync(first);
        var received = new System.Collections.Concurrent.ConcurrentQueue<LiveEvent>();
        using var subscription = second.Get<LiveFeed>().Subscribe(business.Id, received.Enqueue);
        using var elsewhere = second.Get<LiveFeed>().Subscribe(other.Id, _ => Assert.Fail("An event of another business."));

        for (var i = 0; i < 3; i++)
        {
            await using var scope = first.Services.CreateTenantScope(business.Id);
            await scope.ServiceProvider.GetRequiredService<LiveTransaction>().RunAsync((_, live, _) =>
            {
                live.Business();
                return Task.CompletedTask;
            }, TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => received.Count == 3);
        Assert.Equal([1, 2, 3], received.Select(e => e.Sequence).Order());
    }
}
