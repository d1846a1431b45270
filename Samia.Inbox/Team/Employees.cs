using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>Changes what an employee is in the business: what they are called, may do and belong to.</summary>
public sealed class Employees(
    LiveTransaction transaction, PermissionChecker permissions, EmployeeGuards guards, IStringLocalizer<Texts> texts,
    TimeProvider time)
{
    /// <exception cref="TeamRefusedException">
    /// A value is wrong, the role allows more than one's own or than one may take away, or nobody would be left who can
    /// manage the team.
    /// </exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task ChangeAsync(Guid employeeId, EmployeeDetails details, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        var now = details with
        {
            Name = EmployeeFields.Name(details.Name, texts),
            Languages = EmployeeFields.Languages(details.Languages, texts),
            Capacity = EmployeeFields.Capacity(details.Capacity, texts),
        };
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var role = await db.Roles.SingleOrDefaultAsync(r => r.Id == now.RoleId, ct)
                ?? throw new TeamRefusedException(texts["This role is no more. Choose another."]);
            if (!EmployeeGuards.IsAdmin(role))
            {
                await guards.DemandAnotherAdminAsync(db, employeeId, ct);
            }

            var employee = await db.LockEmployeeAsync(employeeId, ct) ?? throw Unknown(texts);
            var changes = new FieldChanges();
            await ChangeRoleAsync(db, employee, role, changes, ct);
            if (now.TeamIds is not null)
            {
                await ChangeTeamsAsync(db, employee.Id, now.TeamIds, changes, ct);
            }

            changes.Note("name", employee.Name, now.Name);
            changes.NoteSet("languages", employee.Languages, now.Languages);
            changes.Note("capacity", employee.Capacity, now.Capacity);
            if (changes.Any)
            {
                (employee.Name, employee.Languages, employee.Capacity) = (now.Name, [.. now.Languages], now.Capacity);
                db.Add(changes.ToLog("employee.changed", employee.Id, employee.Name, time.GetUtcNow()));
                live.Colleague(employee.Id);
                // Their role and their teams decide what their screens show.
                live.Permissions();
            }
        }, cancellationToken);
    }

    internal static TeamRefusedException Unknown(IStringLocalizer<Texts> texts) =>
        new(texts["Nobody with this address works for your business."]);

    private async Task ChangeRoleAsync(
        SamiaDbContext db, Employee employee, Role role, FieldChanges changes, CancellationToken cancellationToken)
    {
        if (employee.RoleId == role.Id)
        {
            return;
        }

        var before = await db.Roles.SingleAsync(r => r.Id == employee.RoleId, cancellationToken);
        await guards.DemandMayTakeFromAsync(employee, before, cancellationToken);
        await guards.DemandMayGrantAsync(role, cancellationToken);
        changes.Note("role", before.Name, role.Name);
        employee.RoleId = role.Id;
    }

    private async Task ChangeTeamsAsync(
        SamiaDbContext db, Guid employeeId, IReadOnlyList<Guid> teamIds, FieldChanges changes, CancellationToken cancellationToken)
    {
        var names = await db.Teams.ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
        var before = await db.TeamMembers.Where(m => m.EmployeeId == employeeId).ToListAsync(cancellationToken);
        if (!teamIds.All(names.ContainsKey))
        {
            throw new TeamRefusedException(texts["One of these teams is no more. Choose again."]);
        }

        if (changes.NoteSet("teams", [.. before.Select(m => names[m.TeamId])], [.. teamIds.Select(t => names[t])]))
        {
            db.RemoveRange(before.Where(m => !teamIds.Contains(m.TeamId)));
            db.AddRange(teamIds.Distinct().Except(before.Select(m => m.TeamId))
                .Select(t => new TeamMember { TeamId = t, EmployeeId = employeeId }));
        }
    }
}
