using System.Data.Common;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary>
/// Says where a person works, as <c>samia_platform</c>: somebody who signs in has no business yet, and somebody whose
/// sign-in is checked may have lost theirs.
/// </summary>
[RequiresNoPermission("It says who may act at all.")]
public sealed partial class Employments(
    IDbContextFactory<PlatformDbContext> contexts, TimeProvider time, ILogger<Employments> logger)
{
    private static readonly TimeSpan SeenAccuracy = TimeSpan.FromMinutes(1);

    /// <summary>The person's active places, those in suspended and closed businesses too, in the order of the names.</summary>
    public async Task<IReadOnlyList<Employment>> OfPersonAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var places = await PlacesOf(db, userId).ToListAsync(cancellationToken);
        return [.. places.OrderBy(e => e.BusinessName, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Null for somebody who does not run Samia itself.</summary>
    public async Task<PlatformPlace?> OnPlatformAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await PlatformPlaceOf(db, userId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Whether neither the password nor the second factor changed since the person proved who they are.</summary>
    public async Task<bool> IsOfTodayAsync(ProvenPerson person, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(u => u.Id == person.UserId && u.SecurityStamp == person.SecurityStamp, cancellationToken);
    }

    /// <summary>
    /// What the cookie names, as it is now. Null if its session was ended, the password was changed, the employee was
    /// deactivated, or the business is closed. The session is noted as seen.
    /// </summary>
    /// <param name="user">Of the cookie.</param>
    /// <param name="address">Where it comes from; null where that is not known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SignedInPerson?> CurrentAsync(
        ClaimsPrincipal user, string? address, CancellationToken cancellationToken)
    {
        if (!user.HasSession)
        {
            return null;
        }

        var (userId, stamp) = (user.UserId, user.SecurityStamp);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open =
            from session in OpenSessions.Of(db, userId, user.SessionId)
            join owner in db.Users on session.UserId equals owner.Id
            where owner.SecurityStamp == stamp
            select session;
        var (current, seenAt) = user.IsEmployee
            ? await EmployeeAsync(db, open, user, cancellationToken)
            : await OperatorAsync(db, open, user, time.GetUtcNow(), cancellationToken);
        if (current is not null && time.GetUtcNow() is var now && now - seenAt >= SeenAccuracy)
        {
            await OpenSessions.Of(db, userId, user.SessionId).ExecuteUpdateAsync(s => s
                .SetProperty(x => x.SeenAt, now).SetProperty(x => x.IpAddress, x => address ?? x.IpAddress), cancellationToken);
        }

        return current;
    }

    /// <summary>
    /// Whether a screen or a connection that is open may stay open: the place is what it was. While the database is
    /// away it may, because it is shown nothing either.
    /// </summary>
    public async Task<bool> MayStayAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        try
        {
            return await CurrentAsync(user, null, cancellationToken) is { } current && current.MayBe(user);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is closing anyway.
            return true;
        }
        catch (Exception away) when (away is DbException or InvalidOperationException { InnerException: DbException })
        {
            LogNotChecked(away, user.UserId);
            return true;
        }
    }

    private static async Task<(SignedInPerson?, DateTimeOffset)> EmployeeAsync(
        PlatformDbContext db, IQueryable<UserSession> open, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (proven, businessId, employeeId) = (user.Proven, user.BusinessId, user.EmployeeId);
        var found = await (
            from place in PlacesOf(db, proven.UserId)
            where place.BusinessId == businessId && place.EmployeeId == employeeId && place.BusinessStatus != BusinessStatus.Closed
            from session in open
            // Of the session's user, so that it is a part of this one query and not asked before it.
            let platform = db.PlatformEmployees.Where(p => p.UserId == session.UserId && p.IsActive)
                .Select(p => new PlatformPlace(p.Id, p.Name)).FirstOrDefault()
            select new { place, session.SeenAt, platform }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? default
            : (new SignedInPerson(proven, found.place, proven.HasSecondFactor ? found.platform : null), found.SeenAt);
    }

    private static async Task<(SignedInPerson?, DateTimeOffset)> OperatorAsync(
        PlatformDbContext db, IQueryable<UserSession> open, ClaimsPrincipal user, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var proven = user.Proven;
        var found = await (
            from platform in PlatformPlaceOf(db, proven.UserId)
            from session in open
            select new { platform, session.SeenAt }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || !proven.HasSecondFactor)
        {
            return default;
        }

        // Whose visit is over is left what they were before it: somebody of the platform.
        var visit = user.VisitId is { } id
            ? await SupportStay.Open(db, found.platform.Id, now).SingleOrDefaultAsync(s => s.VisitId == id, cancellationToken)
            : null;
        return (new SignedInPerson(proven, null, found.platform, visit), found.SeenAt);
    }

    private static IQueryable<PlatformPlace> PlatformPlaceOf(PlatformDbContext db, Guid userId) =>
        db.PlatformEmployees.Where(p => p.UserId == userId && p.IsActive).Select(p => new PlatformPlace(p.Id, p.Name));

    private static IQueryable<Employment> PlacesOf(PlatformDbContext db, Guid userId) =>
        from employee in db.Employees
        join business in db.Businesses on employee.BusinessId equals business.Id
        where employee.UserId == userId && employee.IsActive
        select new Employment
        {
            BusinessId = business.Id,
            BusinessName = business.Name,
            BusinessStatus = business.Status,
            EmployeeId = employee.Id,
            Name = employee.Name,
            Role = employee.Role!.Name,
        };

    [LoggerMessage(EventId = 5008, Level = LogLevel.Warning, Message = "The sign-in of user {UserId} could not be checked")]
    private partial void LogNotChecked(Exception exception, Guid userId);
}
