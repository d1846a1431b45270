using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>A role that an employee may have.</summary>
/// <param name="MayGive">Whether whoever asks holds all that it allows, and so may give it to somebody.</param>
public sealed record RoleChoice(Guid Id, string Name, bool MayGive);

/// <summary>Which roles those who manage the team can choose from.</summary>
public sealed class RoleChoices(IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, Grants grants)
{
    /// <summary>In the order of their names.</summary>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyList<RoleChoice>> AllAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var choices = new List<RoleChoice>();
        foreach (var role in await db.Roles.AsNoTracking().OrderBy(r => r.Name).ToListAsync(cancellationToken))
        {
            choices.Add(new RoleChoice(role.Id, role.Name, await grants.MayGiveAsync(SeededRoles.PermissionsOf(role), cancellationToken)));
        }

        return choices;
    }
}
