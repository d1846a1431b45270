using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

public sealed class RolesTests(RunningInbox running) : IClassFixture<RunningInbox>, IAsyncLifetime
{
    private TestBusiness _business = null!;
    private Desk _admin = null!;
    private PermissionActors _actors = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Roles Roles => _admin.Get<Roles>();

    public async ValueTask InitializeAsync()
    {
        _business = await TestBusiness.CreateAsync(running.Inbox);
        _admin = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
        _actors = new PermissionActors(running.Inbox, _business);
    }

    public ValueTask DisposeAsync() => _admin.DisposeAsync();

    [Fact]
    public async Task The_seeded_roles_come_first_and_each_says_how_many_have_it()
    {
        await Roles.CreateAsync(new("Accountant", "Sees the bills.", [Permissions.ViewBilling]), Cancellation);
        await running.Inbox.Database.ExecuteAsync(
            "update employees set is_active = false where id = $1", _business.EmployeeIds[SeededRoles.Viewer]);

        var roles = await Roles.ListAsync(Cancellation);
        Assert.Equal(["Admin", "Manager", "Agent", "Viewer", "Accountant"], roles.Select(r => r.Name));
        Assert.Equal([(1, 0), (1, 0), (1, 0), (0, 1), (0, 0)], roles.Select(r => (r.Members, r.FormerMembers)));
        Assert.Equal([true, true, true, true, false], roles.Select(r => r.IsSeeded));
        Assert.True(roles[0].IsFixed);
        Assert.Equal(Permissions.All, roles[0].Permissions);
        Assert.Equal([Permissions.ViewBilling], roles[4].Permissions);
    }

    [Fact]
    public async Task The_Admin_role_allows_everything_whatever_is_stored_of_it_and_cannot_be_changed()
    {
        await running.Inbox.Database.ExecuteAsync(
            "update roles set permissions = '{}' where business_id = $1 and name = 'Admin'", _business.Id);
        await using var again = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
        Assert.Equal(Permissions.All, await again.Get<PermissionChecker>().AllAsync(Cancellation));

        var admin = await RoleAsync(SeededRoles.Admin);
        var refused = await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.ChangeAsync(
            admin.Id, new() { Revoke = [Permissions.ManageTeam] }, Cancellation));
        Assert.Equal("The Admin role always allows everything.", refused.Message);
        await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.ChangeAsync(admin.Id, new() { Name = "Boss" }, Cancellation));
        await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.DeleteAsync(admin.Id, Cancellation));
    }

    [Fact]
    public async Task A_role_is_created_changed_and_deleted_and_the_log_says_what_was_and_what_is()
    {
        var id = await Roles.CreateAsync(new(" Night shift ", "", [Permissions.Reply, Permissions.ViewConversations]), Cancellation);
        await Roles.ChangeAsync(id, new() { Name = "Nights", Grant = [Permissions.WriteNotes], Revoke = [Permissions.Reply] }, Cancellation);
        var changed = await RoleAsync("Nights");
        Assert.Equal([Permissions.ViewConversations, Permissions.WriteNotes], changed.Permissions);
        // Nothing to change, nothing to log.
        await Roles.ChangeAsync(id, new() { Name = "Nights", Grant = [Permissions.WriteNotes] }, Cancellation);
        await Roles.DeleteAsync(id, Cancellation);
        await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.DeleteAsync(id, Cancellation));

        var log = await _admin.ReadAsync(db => db.ActivityLogs.Where(l => l.SubjectId == id).OrderBy(l => l.Sequence).ToListAsync(Cancellation));
        Assert.Equal(["role.created", "role.changed", "role.deleted"], log.Select(l => l.Action));
        Assert.All(log, l => Assert.Equal(_admin.EmployeeId, l.EmployeeId));
        Assert.Contains("conversations.reply", log[1].Before);
        Assert.DoesNotContain("conversations.reply", log[1].After);
        Assert.Equal("Nights", log[2].SubjectName);
    }

    [Fact]
    public async Task A_change_of_each_kind_is_told_to_every_screen()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<LiveEvent>();
        using var subscription = running.Inbox.Get<LiveFeed>().Subscribe(_business.Id, heard.Enqueue);
        var id = await Roles.CreateAsync(new("Nights", "", []), Cancellation);
        await Roles.ChangeAsync(id, new() { Grant = [Permissions.Reply] }, Cancellation);
        await Roles.DeleteAsync(id, Cancellation);
        await Eventually.TrueAsync(() => heard.Count(l => l.PermissionsChanged) == 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("agent")]
    [InlineData("A name that goes on and on until nobody can read it in a list any more at all")]
    public async Task A_name_that_is_missing_taken_or_too_long_is_refused_in_words(string name)
    {
        Assert.NotEmpty((await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.CreateAsync(new(name, "", []), Cancellation))).Message);
        var id = await Roles.CreateAsync(new("Nights", "", []), Cancellation);
        await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.ChangeAsync(id, new() { Name = name }, Cancellation));
        Assert.Equal("Nights", (await RoleAsync("Nights")).Name);
    }

    [Fact]
    public async Task Two_roles_of_one_name_that_are_created_at_once_become_one()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var desk = Desk.Of(running.Inbox, _business, SeededRoles.Admin);
            return await Record.ExceptionAsync(() => desk.Get<Roles>().CreateAsync(new("Nights", "", []), Cancellation));
        }));
        Assert.Single(tries, t => t is null);
        Assert.All(tries.OfType<Exception>(), t => Assert.IsType<TeamRefusedException>(t));
    }

    [Fact]
    public async Task A_role_that_somebody_has_or_was_invited_with_stays_and_one_whose_invitations_are_over_goes()
    {
        var had = await Roles.CreateAsync(new("Had", "", []), Cancellation);
        await running.Inbox.Database.ExecuteAsync("update employees set role_id = $1, is_active = false where id = $2",
            had, _business.EmployeeIds[SeededRoles.Viewer]);
        await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.DeleteAsync(had, Cancellation));

        var invited = await Roles.CreateAsync(new("Invited", "", []), Cancellation);
        await running.Inbox.Database.ExecuteAsync("""
            insert into invitations (business_id, id, email, name, role_id, team_ids, language, secret_hash, created_at, expires_at)
            values ($1, gen_random_uuid(), 'a@example.test', 'A', $2, '{}', 'en', sha256('x'), now(), now() + interval '1 day')
            """, _business.Id, invited);
        await Assert.ThrowsAsync<TeamRefusedException>(() => Roles.DeleteAsync(invited, Cancellation));
        await running.Inbox.Database.ExecuteAsync("update invitations set revoked_at = now() where role_id = $1", invited);
        await Roles.DeleteAsync(invited, Cancellation);
    }

    [Fact]
    public async Task Nobody_gives_or_takes_by_a_role_what_they_may_not_do_themselves()
    {
        var nights = await Roles.CreateAsync(new("Nights", "", [Permissions.ViewBilling]), Cancellation);
        await using var scope = await _actors.EmployeeAsync(Permissions.ManageRoles, Permissions.Reply);
        var roles = scope.ServiceProvider.GetRequiredService<Roles>();

        Assert.Equal(Permissions.ExportData, (await Assert.ThrowsAsync<NotPermittedException>(() =>
            roles.CreateAsync(new("Spy", "", [Permissions.Reply, Permissions.ExportData]), Cancellation))).Permission);
        await Assert.ThrowsAsync<NotPermittedException>(() => roles.ChangeAsync(nights, new() { Grant = [Permissions.ManageTeam] }, Cancellation));
        await Assert.ThrowsAsync<NotPermittedException>(() => roles.ChangeAsync(nights, new() { Revoke = [Permissions.ViewBilling] }, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => roles.ChangeAsync(nights, new() { Grant = ["conversations.dance"] }, Cancellation));
        Assert.Equal([Permissions.ViewBilling], (await RoleAsync("Nights")).Permissions);

        await roles.ChangeAsync(nights, new() { Grant = [Permissions.Reply] }, Cancellation);
        Assert.Equal([Permissions.Reply, Permissions.ViewBilling], (await RoleAsync("Nights")).Permissions);
    }

    [Fact]
    public async Task Another_business_neither_sees_nor_changes_a_role()
    {
        var other = await TestBusiness.CreateAsync(running.Inbox);
        await using var stranger = Desk.Of(running.Inbox, other, SeededRoles.Admin);
        var agent = await RoleAsync(SeededRoles.Agent);
        Assert.DoesNotContain(agent.Id, (await stranger.Get<Roles>().ListAsync(Cancellation)).Select(r => r.Id));
        await Assert.ThrowsAsync<TeamRefusedException>(() =>
            stranger.Get<Roles>().ChangeAsync(agent.Id, new() { Revoke = [Permissions.Reply] }, Cancellation));
        await Assert.ThrowsAsync<TeamRefusedException>(() => stranger.Get<Roles>().DeleteAsync(agent.Id, Cancellation));
        Assert.Contains(Permissions.Reply, (await RoleAsync(SeededRoles.Agent)).Permissions);
    }

    private async Task<RoleSummary> RoleAsync(string name) =>
        (await Roles.ListAsync(Cancellation)).Single(r => r.Name == name);
}
