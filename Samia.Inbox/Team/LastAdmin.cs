using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Holds that a business can always be managed: an active employee remains whose role allows to manage the team and its
/// roles. Two admins who demote each other at once pass one after the other, and the second is refused.
/// </summary>
public sealed class LastAdmin(IStringLocalizer<Texts> texts)
{
    /// <summary>Who holds these can bring everything else about.</summary>
    public static IReadOnlyList<string> Needed { get; } = [Permissions.ManageTeam, Permissions.ManageRoles];

    /// <summary>
    /// Asks before an employee is given another role or is deactivated, in the transaction that does it. Call it before
    /// that transaction locks or changes anything: others of the business wait here until it ends.
    /// </summary>
    /// <param name="db">The caller's, in a transaction.</param>
    /// <param name="changedEmployeeId">Whose role or place changes.</param>
    /// <param name="newRoleId">The role that they will have; null if it stays.</param>
    /// <param name="active">Whether they will be active.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="TeamRefusedException">Nobody would remain; the message is for people.</exception>
    public async Task DemandOneRemainsAsync(
        SamiaDbContext db, Guid changedEmployeeId, Guid? newRoleId, bool active, CancellationToken cancellationToken)
    {
        await LockAsync(db, cancellationToken);
        var managing = Managing(db.Roles);
        var remains = await db.Employees.AnyAsync(e => e.Id == changedEmployeeId
            ? active && managing.Any(r => r.Id == (newRoleId ?? e.RoleId))
            : e.IsActive && managing.Any(r => r.Id == e.RoleId), cancellationToken);
        Demand(remains);
    }

    /// <summary>Asks before a role ceases to allow the one or the other, like the above.</summary>
    /// <exception cref="TeamRefusedException">Nobody would remain; the message is for people.</exception>
    internal async Task DemandOneRemainsWithoutAsync(SamiaDbContext db, Guid changedRoleId, CancellationToken cancellationToken)
    {
        await LockAsync(db, cancellationToken);
        var managing = Managing(db.Roles).Where(r => r.Id != changedRoleId);
        Demand(await db.Employees.AnyAsync(e => e.IsActive && managing.Any(r => r.Id == e.RoleId), cancellationToken));
    }

    // With a key of its own, so that nobody else waits for it.
    private static Task<int> LockAsync(SamiaDbContext db, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"select pg_advisory_xact_lock(hashtextextended({"last-admin:" + db.Tenant.BusinessId}, 0))", cancellationToken);

    private static IQueryable<Role> Managing(IQueryable<Role> roles) => roles.Where(r => (r.IsSeeded && r.Name == SeededRoles.Admin)
        || (r.Permissions.Contains(Permissions.ManageRoles) && r.Permissions.Contains(Permissions.ManageTeam)));

    private void Demand(bool remains)
    {
        if (!remains)
        {
            throw new TeamRefusedException(
                texts["Nobody would remain who can manage the team and its roles. Give another active employee such a role first."]);
        }
    }
}
