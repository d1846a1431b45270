using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class HubTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private TestInbox Inbox => running.Inbox;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_that_is_not_signed_in_is_told_so()
    {
        using var visitor = new WebVisitor(Inbox);
        using var response = await visitor.PostAsync(InboxHub.Path + "/negotiate?negotiateVersion=1");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        await using var connection = ConnectionOf(visitor);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task A_client_hears_of_its_own_business_only()
    {
        var (one, two) = (await TestBusiness.CreateAsync(Inbox), await TestBusiness.CreateAsync(Inbox));
        using var visitorOne = new WebVisitor(Inbox);
        using var visitorTwo = new WebVisitor(Inbox);
        await visitorOne.SignInAsync(one, SeededRoles.Agent);
        await visitorTwo.SignInAsync(two, SeededRoles.Agent);
        var (heardByOne, heardByTwo) = (new ConcurrentQueue<LiveEvent>(), new ConcurrentQueue<LiveEvent>());
        await using var connectionOne = await ListenAsync(visitorOne, heardByOne);
        await using var connectionTwo = await ListenAsync(visitorTwo, heardByTwo);

        for (var sequence = 1; sequence <= 3; sequence++)
        {
            await Inbox.Get<LivePublisher>().PublishAsync(new LiveEvent(one.Id, sequence, [], true));
        }

        // Events of one publisher keep their order, so once two has heard the last one, it has not been told the rest.
        await Inbox.Get<LivePublisher>().PublishAsync(new LiveEvent(two.Id, 4, [], true));
        await Eventually.TrueAsync(() => heardByOne.Count == 3 && !heardByTwo.IsEmpty);
        Assert.Equal([1, 2, 3], heardByOne.Select(live => live.Sequence));
        Assert.Equal(two.Id, Assert.Single(heardByTwo).BusinessId);
    }

    [Theory]
    [InlineData("update employees set is_active = false where id = $1")]
    [InlineData("delete from user_sessions where user_id = (select user_id from employees where id = $1)")]
    public async Task A_connection_ends_soon_after_its_sign_in(string sql)
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        await using var connection = await ListenAsync(visitor, []);
        await Inbox.Database.ExecuteAsync(sql, business.EmployeeIds[SeededRoles.Agent]);
        await Eventually.TrueAsync(() => connection.State == HubConnectionState.Disconnected);
    }

    [Fact]
    public async Task A_client_hears_of_the_conversations_that_its_person_may_see_now()
    {
        var business = await TestBusiness.CreateAsync(Inbox);
        await using var admin = Desk.Of(Inbox, business, SeededRoles.Admin);
        var agent = await Inbox.Database.ScalarAsync<Guid>("select id from roles where business_id = $1 and name = 'Agent'", business.Id);
        using var visitor = new WebVisitor(Inbox);
        await visitor.SignInAsync(business, SeededRoles.Agent);
        var heard = new ConcurrentQueue<LiveEvent>();
        await using var connection = await ListenAsync(visitor, heard);
        var first = await admin.ReceiveAsync("hello");
        await Eventually.TrueAsync(() => heard.Any(live => live.ConversationIds.Contains(first)));

        await ChangeAsync([Permissions.ViewAssigned], [Permissions.ViewConversations]);
        await Eventually.TrueAsync(() => heard.Any(live => live.PermissionsChanged && live.MissedSome), seconds: 2);
        var (colleagues, mine) = (await admin.ReceiveAsync("hello"), await admin.ReceiveAsync("hello"));
        await admin.Get<Samia.Inbox.Conversations.Assignments>().AssignAsync(mine, business.EmployeeIds[SeededRoles.Agent], Cancellation);
        await admin.Get<Samia.Inbox.Conversations.Assignments>().AssignAsync(mine, null, Cancellation);
        // When it was given and when it was taken; and when it came, if that is told only now that it is theirs.
        await Eventually.TrueAsync(() => heard.Count(live => live.ConversationIds.Contains(mine)) >= 2);
        Assert.InRange(heard.Count(live => live.ConversationIds.Contains(mine)), 2, 3);
        Assert.DoesNotContain(heard, live => live.ConversationIds.Contains(colleagues));
        // That others changed is heard too, so that no number is missing.
        Assert.Contains(heard, live => live is { MissedSome: false, PermissionsChanged: false, ConversationIds.Count: 0 });

        await ChangeAsync([], [Permissions.ViewAssigned]);
        await Eventually.TrueAsync(() => heard.Count(live => live.MissedSome) == 2, seconds: 2);
        await ChangeAsync([Permissions.ViewConversations], []);
        await Eventually.TrueAsync(() => heard.Count(live => live.MissedSome) == 3, seconds: 2);
        var again = await admin.ReceiveAsync("hello");
        await Eventually.TrueAsync(() => heard.Any(live => live.ConversationIds.Contains(again)));

        Task ChangeAsync(string[] grant, string[] revoke) =>
            admin.Get<Roles>().ChangeAsync(agent, new() { Grant = grant, Revoke = revoke }, Cancellation);
    }

    private static HubConnection ConnectionOf(WebVisitor visitor) => new HubConnectionBuilder()
        .WithUrl(new Uri(visitor.Address, InboxHub.Path), http => http.Cookies = visitor.Cookies).Build();

    private static async Task<HubConnection> ListenAsync(WebVisitor visitor, ConcurrentQueue<LiveEvent> heard)
    {
        var connection = ConnectionOf(visitor);
        var listens = new TaskCompletionSource();
        connection.On<LiveEvent>("live", live =>
        {
            listens.TrySetResult();
            // That something may have been missed is told at any time.
            if (!live.MissedSome || live.PermissionsChanged)
            {
                heard.Enqueue(live);
            }
        });
        await connection.StartAsync(Cancellation);
        await listens.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        return connection;
    }
}
