using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Which employees a page shows.</summary>
/// <param name="Search">In names and e-mails; null for any.</param>
/// <param name="IsActive">Those who work here, those who left, or null for both.</param>
/// <param name="RoleId">Null for any.</param>
/// <param name="TeamId">Null for any.</param>
public sealed record EmployeeQuery(string? Search = null, bool? IsActive = true, Guid? RoleId = null, Guid? TeamId = null);

/// <summary>An employee as those who manage the team see them.</summary>
public sealed record EmployeeRow(Guid Id, string Name, Guid RoleId, string RoleName, bool IsActive)
{
    public string Email { get; init; } = "";
    public required IReadOnlyList<Guid> TeamIds { get; init; }
    public required IReadOnlyList<string> Languages { get; init; }
    public int? Capacity { get; init; }
    public Presence Presence { get; init; }
    public string? AvatarVersion { get; init; }
    public DateTimeOffset? DeactivatedAt { get; init; }
}

/// <summary>Reads the employees of the business for those who manage them, in the order of their names.</summary>
public sealed class EmployeeDirectory(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, EmployeeEmails emails)
{
    public const int PageSize = 50;

    /// <param name="query">Which of them.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>At most <see cref="PageSize"/>; fewer on the last page.</returns>
    [RequiresPermission(Permissions.ManageTeam)]
    public Task<IReadOnlyList<EmployeeRow>> PageAsync(
        EmployeeQuery query, EmployeeRow? after, CancellationToken cancellationToken) =>
        PageAsync(query, after, PageSize, cancellationToken);

    /// <summary>The same, of any size.</summary>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyList<EmployeeRow>> PageAsync(
        EmployeeQuery query, EmployeeRow? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var employees = await FilterAsync(db, query, cancellationToken);
        if (after is not null)
        {
            employees = employees.Where(e => e.Name.CompareTo(after.Name) > 0 || (e.Name == after.Name && e.Id > after.Id));
        }

        var page = await Rows(db, employees.OrderBy(e => e.Name).ThenBy(e => e.Id).Take(count)).ToListAsync(cancellationToken);
        return await WithEmailsAsync(page, cancellationToken);
    }

    /// <returns>Null if the business has no such employee.</returns>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<EmployeeRow?> FindAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Rows(db, db.Employees.Where(e => e.Id == employeeId)).ToListAsync(cancellationToken);
        return (await WithEmailsAsync(found, cancellationToken)).SingleOrDefault();
    }

    private async Task<IQueryable<Employee>> FilterAsync(SamiaDbContext db, EmployeeQuery query, CancellationToken cancellationToken)
    {
        var employees = db.Employees.AsQueryable();
        if (query.IsActive is { } active)
        {
            employees = employees.Where(e => e.IsActive == active);
        }

        if (query.RoleId is { } role)
        {
            employees = employees.Where(e => e.RoleId == role);
        }

        if (query.TeamId is { } team)
        {
            employees = employees.Where(e => db.TeamMembers.Any(m => m.TeamId == team && m.EmployeeId == e.Id));
        }

        if (SearchText.Of(query.Search) is not { } search)
        {
            return employees;
        }

        var byEmail = await emails.SearchAsync(search, cancellationToken);
        var pattern = SearchText.Pattern(search);
        return employees.Where(e => EF.Functions.ILike(e.Name, pattern, "\\") || byEmail.Contains(e.Id));
    }

    private static IQueryable<EmployeeRow> Rows(SamiaDbContext db, IQueryable<Employee> employees) =>
        employees.Select(e => new EmployeeRow(e.Id, e.Name, e.RoleId, e.Role!.Name, e.IsActive)
        {
            TeamIds = db.TeamMembers.Where(m => m.EmployeeId == e.Id).Select(m => m.TeamId).ToList(),
            Languages = e.Languages,
            Capacity = e.Capacity,
            Presence = !e.IsActive || !db.OpenCircuits.Any(c => c.EmployeeId == e.Id) ? Presence.Offline
                : e.Availability == EmployeeAvailability.Away ? Presence.Away : Presence.Online,
            AvatarVersion = e.AvatarVersion,
            DeactivatedAt = e.DeactivatedAt,
        });

    private async Task<IReadOnlyList<EmployeeRow>> WithEmailsAsync(List<EmployeeRow> rows, CancellationToken cancellationToken)
    {
        var known = await emails.OfAsync([.. rows.Select(r => r.Id)], cancellationToken);
        return rows.ConvertAll(r => r with { Email = known.GetValueOrDefault(r.Id, "") });
    }
}
