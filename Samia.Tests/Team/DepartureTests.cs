using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>An employee leaves, and perhaps comes back.</summary>
public sealed class DepartureTests(TestServers servers) : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private Desk _admin = null!;
    private Desk _agent = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private Guid AgentId => _business.EmployeeIds[SeededRoles.Agent];

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers, configure: b => b.Services.AddSingleton<TimeProvider>(_clock));
        _business = await TestBusiness.CreateAsync(_inbox);
        _admin = Desk.Of(_inbox, _business, SeededRoles.Admin);
        _agent = Desk.Of(_inbox, _business);
    }

    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _admin.DisposeAsync();
        await _inbox.DisposeAsync();
    }

    [Fact]
    public async Task What_they_had_in_hand_is_nobodys_what_was_done_stays_theirs()
    {
        var (open, resolved, others) = (await AssignedAsync(), await AssignedAsync(), await AssignedAsync(SeededRoles.Manager));
        await _admin.Get<ConversationStatuses>().ResolveAsync(resolved, Cancellation);
        await _agent.Get<Notes>().AddAsync(open, "She prefers Thursdays.", Guid.NewGuid(), Cancellation);

        Assert.Equal(1, await DeactivateAsync());
        Assert.Null((await _admin.ConversationAsync(open)).AssigneeId);
        Assert.Equal(AgentId, (await _admin.ConversationAsync(resolved)).AssigneeId);
        Assert.Equal(_business.EmployeeIds[SeededRoles.Manager], (await _admin.ConversationAsync(others)).AssigneeId);
        var last = await _admin.ReadAsync(db => db.ConversationAssignments.Where(a => a.ConversationId == open).OrderBy(a => a.Id).LastAsync(Cancellation));
        Assert.Equal((AgentId, null, _admin.EmployeeId), (last.FromEmployeeId, last.ToEmployeeId, last.ByEmployeeId));
        Assert.Equal(AgentId, await _admin.ReadAsync(db => db.InternalNotes.Select(n => n.EmployeeId).SingleAsync(Cancellation)));
        var gone = (await _admin.Get<Colleagues>().AllAsync(Cancellation)).Single(c => c.Id == AgentId);
        Assert.False(gone.IsActive);

        var log = await _admin.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == AgentId || l.SubjectId == open).OrderBy(l => l.Sequence).ToListAsync(Cancellation));
        var deactivated = log.Single(l => l.Action == "employee.deactivated");
        Assert.Equal(("""{"active": true}""", """{"active": false}""", _admin.EmployeeId), (deactivated.Before, deactivated.After, deactivated.EmployeeId));
        Assert.Single(log, l => l.Action == "conversation.handed_back");
    }

    [Fact]
    public async Task Their_open_pages_hear_of_it_at_once()
    {
        await using var circuit = _inbox.Services.CreateAsyncScope();
        var authentication = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)authentication).SetAuthenticationState(
            Task.FromResult(new AuthenticationState(await AgentPrincipalAsync())));
        ((CircuitAuthentication)authentication).Listen(await authentication.GetAuthenticationStateAsync());
        Assert.True((await authentication.GetAuthenticationStateAsync()).User.HasBusiness);
        await DeactivateAsync();
        // It asks by itself every 15 seconds only.
        await Eventually.TrueAsync(async () => !(await authentication.GetAuthenticationStateAsync()).User.HasBusiness, seconds: 10);
    }

    [Fact]
    public async Task More_than_one_batch_is_handed_back()
    {
        await Samia.Local.Scale.ScaleData.FillAsync(_inbox.Database.Superuser, _business.Id, 350, 1, null, Cancellation);
        await _inbox.Database.ExecuteAsync("update conversations set assignee_id = $1, status = 'open' where business_id = $2", AgentId, _business.Id);
        Assert.Equal(350, await DeactivateAsync());
        Assert.Equal(0, await _admin.ReadAsync(db => db.Conversations.CountAsync(c => c.AssigneeId != null, Cancellation)));
        Assert.Equal(350, await _admin.ReadAsync(db => db.ConversationAssignments.CountAsync(c => c.FromEmployeeId == AgentId, Cancellation)));
    }

    [Fact]
    public async Task Whoever_is_given_something_at_the_same_moment_has_nothing_afterwards()
    {
        var conversations = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            conversations.Add(await _agent.ReceiveAsync("hello"));
        }

        for (var round = 0; round < 4; round++)
        {
            var given = Task.WhenAll(conversations.Select(c => Task.Run(() => TryAssignAsync(c))));
            var leaving = Task.Run(DeactivateAsync);
            await Task.WhenAll(given, leaving);
            Assert.Equal(0, await _admin.ReadAsync(db => db.Conversations.CountAsync(c => c.AssigneeId == AgentId, Cancellation)));
            await _admin.Get<Departures>().ReactivateAsync(AgentId, Cancellation);
        }
    }

    [Fact]
    public async Task Nothing_is_given_to_somebody_who_left()
    {
        var conversation = await _agent.ReceiveAsync("hello");
        await DeactivateAsync();
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => _admin.Get<Assignments>().AssignAsync(conversation, AgentId, Cancellation));
        Assert.Contains("does not work here", refused.Message);
        Assert.Equal(0, await _admin.ReadAsync(db => db.ConversationAssignments.CountAsync(Cancellation)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_resolved_conversation_that_opens_again_is_nobodys_if_its_assignee_left(bool customerWrites)
    {
        const string Number = "96170123123";
        var conversation = await _agent.ReceiveAsync("hello", Number);
        await _admin.Get<Assignments>().AssignAsync(conversation, AgentId, Cancellation);
        await _admin.Get<ConversationStatuses>().ResolveAsync(conversation, Cancellation);
        await DeactivateAsync();
        if (customerWrites)
        {
            await _admin.ReceiveAsync("one more thing", Number);
        }
        else
        {
            await _admin.Get<ConversationStatuses>().ReopenAsync(conversation, Cancellation);
        }

        var reopened = await _admin.ConversationAsync(conversation);
        Assert.Equal((ConversationStatus.Open, null), (reopened.Status, reopened.AssigneeId));
        Assert.Equal(2, await _admin.ReadAsync(db => db.ConversationAssignments.CountAsync(Cancellation)));
    }

    [Fact]
    public async Task What_was_interrupted_is_ended_by_a_worker()
    {
        var conversation = await AssignedAsync();
        await _inbox.Database.ExecuteAsync("update employees set is_active = false, deactivated_at = $2, hands_back_since = $2 where id = $1",
            AgentId, _clock.GetUtcNow());
        await Eventually.TrueAsync(async () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(31));
            return (await _admin.ConversationAsync(conversation)).AssigneeId is null;
        });
        await Eventually.TrueAsync(async () => await _admin.ReadAsync(db => db.Employees.AllAsync(e => e.HandsBackSince == null, Cancellation)));
    }

    [Fact]
    public async Task Nobody_deactivates_themselves_or_somebody_who_may_do_more()
    {
        await Assert.ThrowsAsync<TeamRefusedException>(() => _admin.Get<Departures>().DeactivateAsync(_admin.EmployeeId, Cancellation));
        await using var manager = Desk.Of(_inbox, _business, SeededRoles.Manager);
        await Assert.ThrowsAsync<TeamRefusedException>(() => manager.Get<Departures>().DeactivateAsync(_admin.EmployeeId, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => _agent.Get<Departures>().DeactivateAsync(AgentId, Cancellation));
        await Assert.ThrowsAsync<TeamRefusedException>(() => manager.Get<Departures>().DeactivateAsync(Guid.NewGuid(), Cancellation));
        await manager.Get<Departures>().DeactivateAsync(AgentId, Cancellation);
        Assert.Equal(3, await _admin.ReadAsync(db => db.Employees.CountAsync(e => e.IsActive, Cancellation)));
    }

    [Fact]
    public async Task Two_admins_who_deactivate_each_other_at_once_leave_one()
    {
        var other = _business.EmployeeIds[SeededRoles.Manager];
        for (var round = 0; round < 4; round++)
        {
            await _inbox.Database.ExecuteAsync("""
                update employees e set is_active = true, role_id = (select id from roles r where r.business_id = e.business_id and r.name = 'Admin')
                where id in ($1, $2)
                """, other, _admin.EmployeeId);
            await using var one = Desk.Of(_inbox, _business, SeededRoles.Admin);
            await using var two = Desk.Of(_inbox, _business, SeededRoles.Manager);
            var tries = await Task.WhenAll(TryAsync(() => one.Get<Departures>().DeactivateAsync(other, Cancellation)),
                TryAsync(() => two.Get<Departures>().DeactivateAsync(_admin.EmployeeId, Cancellation)));
            Assert.Single(tries, succeeded => succeeded);
        }
    }

    [Fact]
    public async Task Whoever_comes_back_works_again_without_what_they_had()
    {
        var conversation = await AssignedAsync();
        await DeactivateAsync();
        await _admin.Get<Departures>().ReactivateAsync(AgentId, Cancellation);
        Assert.Null((await _admin.ConversationAsync(conversation)).AssigneeId);
        await _admin.Get<Assignments>().AssignAsync(conversation, AgentId, Cancellation);
        Assert.Equal(AgentId, (await _admin.ConversationAsync(conversation)).AssigneeId);
        Assert.Equal(1, await _admin.ReadAsync(db => db.ActivityLogs.CountAsync(l => l.Action == "employee.reactivated", Cancellation)));
    }

    [Fact]
    public async Task Nobody_comes_back_when_the_plan_has_no_place()
    {
        await DeactivateAsync();
        await _inbox.Database.ExecuteAsync("update plans set max_employees = 3 where id = 'growth'");
        await _inbox.Database.ExecuteAsync("update businesses set plan_id = 'growth' where id = $1", _business.Id);
        var refused = await Assert.ThrowsAsync<TeamRefusedException>(() => _admin.Get<Departures>().ReactivateAsync(AgentId, Cancellation));
        Assert.Contains("room for 3 people", refused.Message);
        Assert.Equal(3, await _admin.ReadAsync(db => db.Employees.CountAsync(e => e.IsActive, Cancellation)));
    }

    private async Task<ClaimsPrincipal> AgentPrincipalAsync()
    {
        var user = await _inbox.Database.ScalarAsync<Guid>("select user_id from employees where id = $1", AgentId);
        var stamp = await _inbox.Database.ScalarAsync<string>("select security_stamp from users where id = $1", user);
        var place = Assert.Single(await _inbox.Get<Employments>().OfPersonAsync(user, Cancellation));
        return new SignedInPerson(new ProvenPerson(user, stamp, SignInProof.Password), place, null)
            .ToPrincipal(await _inbox.Get<OpenSessions>().OpenAsync(user, null, null, Cancellation));
    }

    private Task<int> DeactivateAsync() => _admin.Get<Departures>().DeactivateAsync(AgentId, Cancellation);

    private async Task<Guid> AssignedAsync(string role = SeededRoles.Agent)
    {
        var conversation = await _agent.ReceiveAsync("hello");
        await _admin.Get<Assignments>().AssignAsync(conversation, _business.EmployeeIds[role], Cancellation);
        return conversation;
    }

    private async Task TryAssignAsync(Guid conversation)
    {
        await using var manager = Desk.Of(_inbox, _business, SeededRoles.Manager);
        await TryAsync(() => manager.Get<Assignments>().AssignAsync(conversation, AgentId, Cancellation));
    }

    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception refused) when (refused is TeamRefusedException or ArgumentException or NotPermittedException)
        {
            return false;
        }
    }
}
