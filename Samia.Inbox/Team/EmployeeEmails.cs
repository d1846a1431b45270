using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Somebody who is told by e-mail.</summary>
internal sealed record MailRecipient(string Name, string Email, Language Language);

/// <summary>
/// The e-mails with which the employees of the business sign in, read as <c>samia_platform</c>: sign-ins belong to no
/// business. It never looks at another business than that of its scope.
/// </summary>
public sealed class EmployeeEmails(
    IDbContextFactory<PlatformDbContext> contexts, TenantContext tenant, PermissionChecker permissions)
{
    private const int MaxFound = 200;

    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(
        IReadOnlyList<Guid> employeeIds, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Ours(db).Where(e => employeeIds.Contains(e.EmployeeId))
            .ToDictionaryAsync(e => e.EmployeeId, e => e.Email, cancellationToken);
    }

    /// <returns>The employees whose e-mail contains the text, of very many some.</returns>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyList<Guid>> SearchAsync(string search, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageTeam, cancellationToken);
        if (SearchText.Of(search) is not { } text)
        {
            return [];
        }

        var pattern = SearchText.Pattern(text);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Ours(db).Where(e => EF.Functions.ILike(e.Email, pattern, "\\")).Select(e => e.EmployeeId).Take(MaxFound)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Those who work here and whose role allows something, for a mail in the language that each chose.</summary>
    [RequiresProduct]
    internal async Task<IReadOnlyList<MailRecipient>> OfThoseWhoMayAsync(string permission, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var people = await (
            from employee in db.Employees
            where employee.BusinessId == tenant.BusinessId && employee.IsActive
            join role in db.Roles on new { employee.BusinessId, Id = employee.RoleId } equals new { role.BusinessId, role.Id }
            join user in db.Users on employee.UserId equals user.Id
            select new
            {
                employee.Name, user.Email, role,
                Language = db.Set<IdentityUserClaim<Guid>>()
                    .Where(c => c.UserId == user.Id && c.ClaimType == PersonalChoices.LanguageClaim).Select(c => c.ClaimValue).FirstOrDefault(),
            }).AsNoTracking().ToListAsync(cancellationToken);
        return [.. people.Where(p => p.Email is not null && SeededRoles.PermissionsOf(p.role).Contains(permission))
            .Select(p => new MailRecipient(p.Name, p.Email!, Language.Find(p.Language) ?? Language.All[0]))];
    }

    private IQueryable<EmployeeEmail> Ours(PlatformDbContext db) =>
        from employee in db.Employees
        join user in db.Users on employee.UserId equals user.Id
        where employee.BusinessId == tenant.BusinessId
        select new EmployeeEmail { EmployeeId = employee.Id, Email = user.Email! };

    private sealed record EmployeeEmail
    {
        public required Guid EmployeeId { get; init; }
        public required string Email { get; init; }
    }
}
