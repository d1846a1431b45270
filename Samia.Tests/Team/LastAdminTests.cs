using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>A business can always be managed, whoever demotes whom at what moment.</summary>
public sealed class LastAdminTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_admin_is_neither_demoted_nor_deactivated()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        var admin = business.EmployeeIds[SeededRoles.Admin];
        var agentRole = await RoleIdAsync(business, SeededRoles.Agent);
        await Assert.ThrowsAsync<TeamRefusedException>(() => ChangeAsync(business, admin, agentRole, active: true));
        await Assert.ThrowsAsync<TeamRefusedException>(() => ChangeAsync(business, admin, null, active: false));
        await ChangeAsync(business, business.EmployeeIds[SeededRoles.Agent], null, active: false);

        await ChangeAsync(business, business.EmployeeIds[SeededRoles.Manager], await RoleIdAsync(business, SeededRoles.Admin), active: true);
        await ChangeAsync(business, admin, agentRole, active: true);
        await Assert.ThrowsAsync<TeamRefusedException>(() =>
            ChangeAsync(business, business.EmployeeIds[SeededRoles.Manager], null, active: false));
    }

    [Fact]
    public async Task A_role_of_the_businesss_own_counts_if_it_allows_both_and_somebody_active_has_it()
    {
        var business = await TestBusiness.CreateAsync(running.Inbox);
        var (admin, viewer) = (business.EmployeeIds[SeededRoles.Admin], business.EmployeeIds[SeededRoles.Viewer]);
        await using var desk = Desk.Of(running.Inbox, business, SeededRoles.Admin);
        var half = await desk.Get<Roles>().CreateAsync(new("Half", "", [Permissions.ManageRoles]), Cancellation);
        await ChangeAsync(business, viewer, half, active: true);
        await Assert.ThrowsAsync<TeamRefusedException>(() => ChangeAsync(business, admin, null, active: false));

        await desk.Get<Roles>().ChangeAsync(half, new() { Grant = [Permissions.ManageTeam] }, Cancellation);
        await ChangeAsync(business, viewer, null, active: false);
        await Assert.ThrowsAsync<TeamRefusedException>(() => ChangeAsync(business, admin, null, active: false));
        await ChangeAsync(business, viewer, null, active: true);
        await ChangeAsync(business, admin, half, active: true);
        await using var again = Desk.Of(running.Inbox, business, SeededRoles.Admin);
        var refused = await Assert.ThrowsAsync<TeamRefusedException>(() =>
            again.Get<Roles>().ChangeAsync(half, new() { Revoke = [Permissions.ManageTeam] }, Cancellation));
        Assert.Contains("Nobody would remain", refused.Message);
    }

    [Fact]
    public async Task Two_admins_who_demote_each_other_at_the_same_time_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var business = await TestBusiness.CreateAsync(running.Inbox);
            var (one, two) = (business.EmployeeIds[SeededRoles.Admin], business.EmployeeIds[SeededRoles.Manager]);
            var agentRole = await RoleIdAsync(business, SeededRoles.Agent);
            await ChangeAsync(business, two, await RoleIdAsync(business, SeededRoles.Admin), active: true);

            // Both have asked before either commits, were there no lock.
            using var together = new Barrier(2);
            var outcomes = await Task.WhenAll(
                TryAsync(() => ChangeAsync(business, two, agentRole, active: true, together)),
                TryAsync(() => ChangeAsync(business, one, null, active: false, together)));
            Assert.Single(outcomes, o => o is null);
            Assert.Single(outcomes, o => o is TeamRefusedException);
        }
    }

    [Fact]
    public async Task A_role_that_loses_its_power_while_the_last_other_admin_is_demoted_leaves_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var business = await TestBusiness.CreateAsync(running.Inbox);
            await using var desk = Desk.Of(running.Inbox, business, SeededRoles.Admin);
            var deputy = await desk.Get<Roles>().CreateAsync(new("Deputy", "", [Permissions.ManageRoles, Permissions.ManageTeam]), Cancellation);
            await ChangeAsync(business, business.EmployeeIds[SeededRoles.Viewer], deputy, active: true);
            var outcomes = await Task.WhenAll(
                TryAsync(() => desk.Get<Roles>().ChangeAsync(deputy, new() { Revoke = [Permissions.ManageRoles] }, Cancellation)),
                TryAsync(() => ChangeAsync(business, business.EmployeeIds[SeededRoles.Admin], null, active: false)));
            Assert.True(outcomes.Count(o => o is null) == 1, string.Join(", ", outcomes.Select(o => o?.GetType().Name ?? "done")));
        }
    }

    private static Task<Exception?> TryAsync(Func<Task> work) => Task.Run(async () => await Record.ExceptionAsync(work));

    // What the team page does: ask, then change, in one transaction.
    private async Task ChangeAsync(TestBusiness business, Guid employeeId, Guid? roleId, bool active, Barrier? together = null)
    {
        await using var scope = running.Inbox.Services.CreateTenantScope(business.Id);
        together?.SignalAndWait(TimeSpan.FromSeconds(10), Cancellation);
        await scope.ServiceProvider.GetRequiredService<LiveTransaction>().RunAsync(async (db, live, ct) =>
        {
            await scope.ServiceProvider.GetRequiredService<LastAdmin>().DemandOneRemainsAsync(db, employeeId, roleId, active, ct);
            // Long enough for the other to ask meanwhile, if it could.
            await db.Database.ExecuteSqlAsync($"select pg_sleep(0.05)", ct);
            var employee = await db.Employees.SingleAsync(e => e.Id == employeeId, ct);
            (employee.RoleId, employee.IsActive) = (roleId ?? employee.RoleId, active);
            live.Permissions();
        }, Cancellation);
    }

    private Task<Guid> RoleIdAsync(TestBusiness business, string name) => running.Inbox.Database.ScalarAsync<Guid>(
        "select id from roles where business_id = $1 and name = $2", business.Id, name);
}
