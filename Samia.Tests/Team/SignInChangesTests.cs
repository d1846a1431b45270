using Microsoft.AspNetCore.SignalR.Client;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>An ended sign-in ends what is open on every node, long before the node would ask by itself.</summary>
public sealed class SignInChangesTests(TestServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Signing_out_everywhere_on_one_node_closes_a_connection_on_another_at_once()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(one.Database);
        var business = await TestBusiness.CreateAsync(one);
        using var here = new WebVisitor(one);
        await here.SignInAsync(business, SeededRoles.Agent);
        using var there = new WebVisitor(two);
        await there.SignInAsync(business, SeededRoles.Agent);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(there.Address, InboxHub.Path), http => http.Cookies = there.Cookies).Build();
        await connection.StartAsync(Cancellation);

        using var response = await here.SubmitFormAsync("/account", "end-everywhere");
        await Eventually.TrueAsync(() => connection.State == HubConnectionState.Disconnected, seconds: 10);
    }

    [Fact]
    public async Task Each_who_listens_is_told_of_their_person_only_and_no_more_after_they_left()
    {
        await using var inbox = await StartAsync();
        var changes = inbox.Get<SignInChanges>();
        var (person, other, last) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var (heard, heardOther, heardLast, told) = (0, 0, 0, 0);
        using var listening = changes.Subscribe(other, () => Interlocked.Increment(ref heardOther));
        using var toTheEnd = changes.Subscribe(last, () => Interlocked.Increment(ref heardLast));
        // Redis takes the subscription up in its own time; until then a change is heard here, and not from Redis too.
        await Eventually.TrueAsync(async () =>
        {
            await changes.PublishAsync(other);
            return heardOther > ++told;
        });
        using (changes.Subscribe(person, () => Interlocked.Increment(ref heard)))
        {
            await changes.PublishAsync(person);
            Assert.True(heard >= 1);
        }

        var before = heard;
        await changes.PublishAsync(person);
        await changes.PublishAsync(last);
        // The channel keeps its order.
        await Eventually.TrueAsync(() => heardLast == 2);
        Assert.Equal(before, heard);
    }

    // Nothing here may be due to a node's own asking.
    private Task<TestInbox> StartAsync(TestDatabase? database = null) => TestInbox.StartAsync(servers, database,
        builder => builder.Configuration["SignIn:RevalidateEvery"] = "01:00:00");
}
