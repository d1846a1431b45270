using System.Data.Common;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Says where a person works, as <c>samia_platform</c>: somebody who signs in has no business yet, and somebody whose
/// sign-in is checked may have lost theirs.
/// </summary>
[RequiresNoPermission("It says who may act at all.")]
public sealed partial class Employments(IDbContextFactory<PlatformDbContext> contexts, ILogger<Employments> logger)
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
        var places = Active(db).Where(e => e.BusinessId == businessId && e.EmployeeId == employeeId && e.UserId == userId
            && e.SecurityStamp == stamp && e.BusinessStatus == BusinessStatus.Active);
        var open = OpenSessions.Of(db, userId, sessionId);
        return await (from place in places from session in open select place).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>
    /// Whether a screen or a connection that is open may stay open: the place is what it was. While the database is
    /// away it may, because it is shown nothing either.
    /// </summary>
    public async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        try
        {
            return await CurrentAsync(user, cancellationToken) is { } current && current.Role == user.RoleName;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is closing anyway.
            return true;
        }
        catch (Exception away) when (away is DbException or InvalidOperationException { InnerException: DbException })
        {
            LogNotChecked(away, user.EmployeeId);
            return true;
        }
    }

    [LoggerMessage(EventId = 5008, Level = LogLevel.Warning, Message = "The sign-in of employee {EmployeeId} could not be checked")]
    private partial void LogNotChecked(Exception exception, Guid employeeId);

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
