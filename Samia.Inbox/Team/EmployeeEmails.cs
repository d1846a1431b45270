using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

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
