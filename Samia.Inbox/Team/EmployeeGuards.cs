using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// What holds whoever manages the team: nobody gives, or takes from somebody, what they do not hold themselves, and
/// somebody is left who can manage the business.
/// </summary>
[RequiresNoPermission("It only refuses.")]
public sealed class EmployeeGuards(Grants grants, LastAdmin lastAdmin, IStringLocalizer<Texts> texts)
{
    /// <summary>Before somebody gets a role.</summary>
    /// <exception cref="TeamRefusedException">It allows something that whoever acts may not do.</exception>
    public async Task DemandMayGrantAsync(Role role, CancellationToken cancellationToken)
    {
        if (!await HoldsAllAsync(role, cancellationToken))
        {
            throw new TeamRefusedException(texts["The role “{0}” allows more than yours, so you cannot give it to anybody.", role.Name]);
        }
    }

    /// <summary>Before somebody's role is taken away, or they are.</summary>
    /// <exception cref="TeamRefusedException">They may do something that whoever acts may not.</exception>
    public async Task DemandMayTakeFromAsync(Employee employee, Role role, CancellationToken cancellationToken)
    {
        if (!await HoldsAllAsync(role, cancellationToken))
        {
            throw new TeamRefusedException(texts["{0} may do more than you. Somebody with the same rights has to do this.", employee.Name]);
        }
    }

    /// <summary>
    /// Before an employee's role changes or they leave, and before anything is locked: whoever else can manage the
    /// business cannot leave at the same moment.
    /// </summary>
    /// <exception cref="TeamRefusedException">Nobody would be left who can manage the team and its roles.</exception>
    public Task DemandAnotherAdminAsync(SamiaDbContext db, Guid employeeId, CancellationToken cancellationToken) =>
        lastAdmin.DemandOneRemainsAsync(db, employeeId, null, active: false, cancellationToken);

    public static bool IsAdmin(Role role) => LastAdmin.Needed.All(SeededRoles.PermissionsOf(role).Contains);

    private Task<bool> HoldsAllAsync(Role role, CancellationToken cancellationToken) =>
        grants.MayGiveAsync(SeededRoles.PermissionsOf(role), cancellationToken);
}
