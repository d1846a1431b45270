using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>
/// Deactivates employees and lets them come back. What they wrote stays; what they had in hand goes back to everybody;
/// their open pages end, because <see cref="SignInChanges"/> tells them.
/// </summary>
public sealed class Departures(
    LiveTransaction transaction, PermissionChecker permissions, EmployeeGuards guards, EmployeePlaces places,
    Handback handback, SignInChanges signIns, TenantContext tenant, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>
    /// From its first commit on they can do nothing and are given nothing. Should the handing back be interrupted,
    /// <see cref="DepartureWorker"/> ends it.
    /// </summary>
    /// <returns>How many conversations were handed back.</returns>
    /// <exception cref="TeamRefusedException">It is oneself, somebody who may do more, or the last who can manage the team.</exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<int> DeactivateAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        if (employeeId == tenant.EmployeeId)
        {
            throw new TeamRefusedException(texts["You cannot deactivate yourself. Ask a colleague who manages the team."]);
        }

        var person = await transaction.RunAsync(async (db, live, ct) =>
        {
            await guards.DemandAnotherAdminAsync(db, employeeId, ct);
            var employee = await db.LockEmployeeAsync(employeeId, ct) ?? throw Employees.Unknown(texts);
            if (!employee.IsActive)
            {
                return employee.UserId;
            }

            await guards.DemandMayTakeFromAsync(employee, await RoleOfAsync(db, employee, ct), ct);
            var now = time.GetUtcNow();
            (employee.IsActive, employee.DeactivatedAt, employee.HandsBackSince) = (false, now, now);
            Changed(db, live, employee, "employee.deactivated");
            return employee.UserId;
        }, cancellationToken);
        await signIns.PublishAsync(person);
        return await FinishAsync(employeeId, cancellationToken);
    }

    /// <summary>They get neither conversations nor open pages back, but everything else.</summary>
    /// <exception cref="TeamRefusedException">Their role allows more than one's own, or the plan has no place for them.</exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task ReactivateAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var employee = await db.LockEmployeeAsync(employeeId, ct) ?? throw Employees.Unknown(texts);
            if (employee.IsActive)
            {
                return;
            }

            await guards.DemandMayGrantAsync(await RoleOfAsync(db, employee, ct), ct);
            await places.DemandOneAsync(db, ct);
            (employee.IsActive, employee.DeactivatedAt, employee.HandsBackSince) = (true, null, null);
            Changed(db, live, employee, "employee.reactivated");
        }, cancellationToken);
    }

    /// <summary>Hands back what somebody who left has still in hand.</summary>
    /// <returns>How many conversations.</returns>
    [RequiresNoPermission("It ends what somebody who was permitted began.")]
    internal async Task<int> FinishAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        var count = await handback.FromEmployeeAsync(employeeId, cancellationToken);
        await transaction.RunAsync((db, _, ct) => db.Employees.Where(e => e.Id == employeeId && !e.IsActive)
            .ExecuteUpdateAsync(e => e.SetProperty(x => x.HandsBackSince, (DateTimeOffset?)null), ct), cancellationToken);
        return count;
    }

    private void Changed(SamiaDbContext db, LiveChanges live, Employee employee, string action)
    {
        var changes = new FieldChanges();
        changes.Note("active", !employee.IsActive, employee.IsActive);
        db.Add(changes.ToLog(action, employee.Id, employee.Name, time.GetUtcNow()));
        live.Colleague(employee.Id);
    }

    private static Task<Role> RoleOfAsync(SamiaDbContext db, Employee employee, CancellationToken cancellationToken) =>
        db.Roles.SingleAsync(r => r.Id == employee.RoleId, cancellationToken);
}
