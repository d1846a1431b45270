using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>
/// The roles of the business. Seeded ones keep their names and cannot be deleted, and Admin always allows everything.
/// Nobody gives or takes by a role what they may not do themselves, and somebody always remains who can manage roles.
/// </summary>
public sealed class Roles(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, Grants grants,
    LastAdmin lastAdmin, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>The seeded ones first, from the one that allows most; then the others by name.</summary>
    /// <exception cref="NotPermittedException">The employee may manage neither roles nor the team.</exception>
    [RequiresPermission(Permissions.ManageRoles), RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyList<RoleSummary>> ListAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAnyToSeeAsync([Permissions.ManageRoles, Permissions.ManageTeam], cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Roles.AsNoTracking().Select(r => new
        {
            Role = r,
            Active = db.Employees.Count(e => e.RoleId == r.Id && e.IsActive),
            Deactivated = db.Employees.Count(e => e.RoleId == r.Id && !e.IsActive),
        }).ToListAsync(cancellationToken);
        var seeded = SeededRoles.All.Keys.ToList();
        return
        [
            .. rows.OrderBy(r => r.Role.IsSeeded ? seeded.IndexOf(r.Role.Name) : seeded.Count)
                .ThenBy(r => r.Role.Name, StringComparer.CurrentCultureIgnoreCase)
                .Select(r => RoleSummary.Of(r.Role, r.Active, r.Deactivated)),
        ];
    }

    /// <returns>The role's id.</returns>
    /// <exception cref="NotPermittedException">The employee may not manage roles, or does not hold what it is to allow.</exception>
    /// <exception cref="TeamRefusedException">The name is missing, too long or taken; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageRoles)]
    public async Task<Guid> CreateAsync(NewRole role, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageRoles, cancellationToken);
        await grants.DemandAsync(role.Permissions, cancellationToken);
        var created = new Role
        {
            Name = NameOf(role.Name), Description = DescriptionOf(role.Description), Permissions = InOrder(role.Permissions),
        };
        await CommitAsync(async (db, ct) =>
        {
            await DemandFreeAsync(db, created, ct);
            db.Add(created);
            Log(db, "role.created", created, null, Facts(created));
        }, cancellationToken);
        return created.Id;
    }

    /// <summary>Changes the name, the description, and what the role allows. What is not mentioned stays.</summary>
    /// <exception cref="NotPermittedException">The employee may not manage roles, or does not hold what is given or taken.</exception>
    /// <exception cref="TeamRefusedException">
    /// The role is gone, cannot be changed so, or nobody would remain who can manage roles; the message is for people.
    /// </exception>
    [RequiresPermission(Permissions.ManageRoles)]
    public async Task ChangeAsync(Guid roleId, RoleChange change, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageRoles, cancellationToken);
        await grants.DemandAsync(change.Grant.Concat(change.Revoke), cancellationToken);
        await CommitAsync(async (db, ct) =>
        {
            if ((change.Grant.Count > 0 || change.Revoke.Count > 0) && await db.Roles.AnyAsync(r => r.Id == roleId
                && r.IsSeeded && r.Name == SeededRoles.Admin, ct))
            {
                throw new TeamRefusedException(texts["The Admin role always allows everything."]);
            }

            if (change.Revoke.Intersect(LastAdmin.Needed).Any())
            {
                await lastAdmin.DemandOneRemainsWithoutAsync(db, roleId, ct);
            }

            var role = await LockAsync(db, roleId, ct);
            var before = Facts(role);
            await RenameAsync(db, role, change, ct);
            role.Description = DescriptionOf(change.Description ?? role.Description);
            role.Permissions = InOrder(role.Permissions.Union(change.Grant).Except(change.Revoke));
            if (Facts(role) is var after && after != before)
            {
                Log(db, "role.changed", role, before, after);
            }
        }, cancellationToken);
    }

    /// <summary>Deletes a role of the business's own that nobody has.</summary>
    /// <exception cref="NotPermittedException">The employee may not manage roles.</exception>
    /// <exception cref="TeamRefusedException">It is gone, seeded or somebody has it; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageRoles)]
    public async Task DeleteAsync(Guid roleId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageRoles, cancellationToken);
        await CommitAsync(async (db, ct) =>
        {
            var role = await LockAsync(db, roleId, ct);
            if (role.IsSeeded)
            {
                throw new TeamRefusedException(texts["This role belongs to every business and cannot be deleted."]);
            }

            var now = time.GetUtcNow();
            // Invitations that are over tell nothing that the activity log does not.
            await db.Invitations.Where(i => i.RoleId == roleId && (i.AcceptedAt != null || i.RevokedAt != null || i.ExpiresAt < now))
                .ExecuteDeleteAsync(ct);
            db.Remove(role);
            Log(db, "role.deleted", role, Facts(role), null);
        }, cancellationToken);
    }

    // Whatever changes, everybody's screen asks again what it may show.
    private async Task CommitAsync(Func<SamiaDbContext, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.RunAsync(async (db, live, ct) =>
            {
                await change(db, ct);
                live.Permissions();
            }, cancellationToken);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            throw new TeamRefusedException(texts["Somebody has this role, or was invited with it. Give them another first, also those who were deactivated."]);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new TeamRefusedException(texts["Another role has this name."]);
        }
    }

    private async Task RenameAsync(SamiaDbContext db, Role role, RoleChange change, CancellationToken cancellationToken)
    {
        if (change.Name is null || NameOf(change.Name) is var name && name == role.Name)
        {
            return;
        }

        if (role.IsSeeded)
        {
            throw new TeamRefusedException(texts["This role belongs to every business and keeps its name."]);
        }

        role.Name = name;
        await DemandFreeAsync(db, role, cancellationToken);
    }

    // Two at once may both find a name free: the index has the last word.
    private async Task DemandFreeAsync(SamiaDbContext db, Role role, CancellationToken cancellationToken)
    {
        var others = await db.Roles.Where(r => r.Id != role.Id).Select(r => r.Name).ToListAsync(cancellationToken);
        if (others.Contains(role.Name, StringComparer.OrdinalIgnoreCase))
        {
            throw new TeamRefusedException(texts["Another role has this name."]);
        }
    }

    private async Task<Role> LockAsync(SamiaDbContext db, Guid roleId, CancellationToken cancellationToken)
    {
        var rows = await db.Roles.FromSql($"select * from roles where id = {roleId} for no key update").ToListAsync(cancellationToken);
        return rows.SingleOrDefault() ?? throw new TeamRefusedException(texts["This role does not exist any more."]);
    }

    private string NameOf(string name) => name.Trim() is { Length: > 0 and <= RoleSummary.MaxNameLength } trimmed
        ? trimmed
        : throw new TeamRefusedException(texts["A role needs a name of at most {0} characters.", RoleSummary.MaxNameLength]);

    private string DescriptionOf(string description) => description.Trim() is { Length: <= RoleSummary.MaxDescriptionLength } trimmed
        ? trimmed
        : throw new TeamRefusedException(texts["A description has at most {0} characters.", RoleSummary.MaxDescriptionLength]);

    private void Log(SamiaDbContext db, string action, Role role, string? before, string? after) => db.Add(new ActivityLog
    {
        At = time.GetUtcNow(), Action = action, SubjectId = role.Id, SubjectName = role.Name, Before = before, After = after,
    });

    private static string Facts(Role role) =>
        JsonSerializer.Serialize(new { name = role.Name, description = role.Description, permissions = role.Permissions });

    private static string[] InOrder(IEnumerable<string> names) => [.. Permissions.All.Where(names.ToHashSet().Contains)];
}
