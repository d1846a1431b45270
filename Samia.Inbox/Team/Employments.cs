using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Says where a person works, as <c>samia_platform</c>: somebody who signs in has no business yet, and somebody whose
/// sign-in is checked may have lost theirs.
/// </summary>
public sealed class Employments(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>The person's active places, those in suspended and closed businesses too, in the order of the names.</summary>
    public async Task<IReadOnlyList<Employment>> OfPersonAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var places = await Active(db).Where(e => e.UserId == userId).ToListAsync(cancellationToken);
        return [.. places.OrderBy(e => e.BusinessName, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>
    /// The place that the cookie names, as it is now. Null if its session was ended, the password was changed, the
    /// employee was deactivated, or the business is not active.
    /// </summary>
    public async Task<Employment?> CurrentAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (!user.HasBusiness)
        {
            return null;
        }

        var (userId, businessId, employeeId) = (user.UserId, user.BusinessId, user.EmployeeId);
        var (sessionId, stamp) = (user.SessionId, user.SecurityStamp);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Active(db)
            .Where(e => e.BusinessId == businessId && e.EmployeeId == employeeId && e.UserId == userId
                && e.SecurityStamp == stamp && e.BusinessStatus == BusinessStatus.Active)
            .Where(_ => OpenSessions.Of(db, userId, sessionId).Any())
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<Employment> Active(PlatformDbContext db) =>
        from employee in db.Employees
        join business in db.Businesses on employee.BusinessId equals business.Id
        join user in db.Users on employee.UserId equals user.Id
        where employee.IsActive
        select new Employment
        {
            UserId = user.Id,
            SecurityStamp = user.SecurityStamp!,
            BusinessId = business.Id,
            BusinessName = business.Name,
            BusinessStatus = business.Status,
            EmployeeId = employee.Id,
            Name = employee.Name,
            Role = employee.Role!.Name,
        };
}
