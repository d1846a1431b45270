using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class TeamsTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private Desk _manager = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private Teams Teams => _manager.Get<Teams>();

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _manager = Desk.Of(running.Inbox, _business, SeededRoles.Manager);
    }

    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    [Fact]
    public async Task A_team_is_made_changed_and_logged()
    {
        var (agent, viewer) = (_business.EmployeeIds[SeededRoles.Agent], _business.EmployeeIds[SeededRoles.Viewer]);
        var id = await Teams.CreateAsync(new TeamDetails(" Readings ", "Tarot and coffee", [agent]), Cancellation);
        await Teams.ChangeAsync(id, new TeamDetails("Readings", "Tarot", [viewer]), Cancellation);
        await Teams.ChangeAsync(id, new TeamDetails("Readings", "Tarot", [viewer]), Cancellation);
        var team = Assert.Single(await Teams.AllAsync(Cancellation));
        Assert.Equal(("Readings", "Tarot"), (team.Name, team.Description));
        Assert.Equal([viewer], team.MemberIds);
        var log = await LogAsync();
        Assert.Equal(["team.created", "team.changed"], log.Select(l => l.Action));
        Assert.Equal($$"""{"members": ["{{agent}}"], "description": "Tarot and coffee"}""", log[1].Before);
        Assert.Equal($$"""{"members": ["{{viewer}}"], "description": "Tarot"}""", log[1].After);
    }

    [Fact]
    public async Task Two_teams_have_two_names_and_what_cannot_be_is_refused()
    {
        await Teams.CreateAsync(new TeamDetails("Readings", "", []), Cancellation);
        var other = await Teams.CreateAsync(new TeamDetails("Bookings", "", []), Cancellation);
        await RefusedAsync(() => Teams.CreateAsync(new TeamDetails("Readings", "", []), Cancellation));
        await RefusedAsync(() => Teams.ChangeAsync(other, new TeamDetails("Readings ", "", []), Cancellation));
        await RefusedAsync(() => Teams.CreateAsync(new TeamDetails(" ", "", []), Cancellation));
        await RefusedAsync(() => Teams.CreateAsync(new TeamDetails(new string('a', 61), "", []), Cancellation));
        await RefusedAsync(() => Teams.CreateAsync(new TeamDetails("A", new string('a', 301), []), Cancellation));
        await RefusedAsync(() => Teams.CreateAsync(new TeamDetails("A", "", [Guid.NewGuid()]), Cancellation));
        await RefusedAsync(() => Teams.ChangeAsync(Guid.NewGuid(), new TeamDetails("A", "", []), Cancellation));
        Assert.Equal(["Bookings", "Readings"], (await Teams.AllAsync(Cancellation)).Select(t => t.Name));
    }

    [Fact]
    public async Task A_team_that_is_deleted_leaves_its_conversations_and_its_people()
    {
        var id = await Teams.CreateAsync(new TeamDetails("Readings", "", [_business.EmployeeIds[SeededRoles.Agent]]), Cancellation);
        await Samia.Local.Scale.ScaleData.FillAsync(running.Inbox.Database.Superuser, _business.Id, 230, 1, null, Cancellation);
        await running.Inbox.Database.ExecuteAsync("update conversations set team_id = $1 where business_id = $2", id, _business.Id);
        Assert.Equal(230, await _manager.Get<Handback>().CountOfTeamAsync(id, Cancellation));

        await Teams.DeleteAsync(id, Cancellation);
        Assert.Empty(await Teams.AllAsync(Cancellation));
        Assert.Equal(230, await _manager.ReadAsync(db => db.Conversations.CountAsync(c => c.TeamId == null, Cancellation)));
        Assert.Equal(4, await _manager.ReadAsync(db => db.Employees.CountAsync(Cancellation)));
        var deleted = (await LogAsync())[^1];
        Assert.Equal("team.deleted", deleted.Action);
        Assert.Contains("\"conversations\": 230", deleted.Before);
        await Teams.DeleteAsync(id, Cancellation);
    }

    [Fact]
    public async Task A_conversation_that_a_team_gets_while_it_is_deleted_does_not_hold_it()
    {
        var id = await Teams.CreateAsync(new TeamDetails("Readings", "", []), Cancellation);
        var conversations = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            conversations.Add(await _manager.ReceiveAsync("hello"));
        }

        var given = Task.Run(async () =>
        {
            foreach (var conversation in conversations)
            {
                await running.Inbox.Database.ExecuteAsync(
                    "update conversations set team_id = $1 where id = $2 and exists (select from teams where id = $1)", id, conversation);
            }
        }, Cancellation);
        await Teams.DeleteAsync(id, Cancellation);
        await Record.ExceptionAsync(() => given);
        Assert.Empty(await Teams.AllAsync(Cancellation));
        Assert.Equal(0, await _manager.ReadAsync(db => db.Conversations.CountAsync(c => c.TeamId != null, Cancellation)));
    }

    [Fact]
    public async Task Who_does_not_manage_the_team_changes_none()
    {
        await using var agent = Desk.Of(running.Inbox, _business);
        var id = await Teams.CreateAsync(new TeamDetails("Readings", "", []), Cancellation);
        await Assert.ThrowsAsync<NotPermittedException>(() => agent.Get<Teams>().DeleteAsync(id, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => agent.Get<Teams>().ChangeAsync(id, new TeamDetails("A", "", []), Cancellation));
        Assert.Single(await agent.Get<Teams>().AllAsync(Cancellation));
    }

    private Task<List<ActivityLog>> LogAsync() => _manager.ReadAsync(db =>
        db.ActivityLogs.Where(l => l.Action.StartsWith("team.")).OrderBy(l => l.Sequence).ToListAsync(Cancellation));

    private static async Task RefusedAsync(Func<Task> work) => Assert.NotEmpty((await Assert.ThrowsAsync<TeamRefusedException>(work)).Message);
}
