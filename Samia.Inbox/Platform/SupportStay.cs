using Samia.Data;

namespace Samia.Inbox.Platform;

/// <summary>A visit that is open now, as the visitor's sign-in needs it.</summary>
public sealed record SupportStay(Guid VisitId, Guid BusinessId, string BusinessName, DateTimeOffset EndsAt)
{
    /// <summary>The open ones of somebody of the platform.</summary>
    internal static IQueryable<SupportStay> Open(PlatformDbContext db, Guid platformEmployeeId, DateTimeOffset now) =>
        from visit in db.SupportVisits
        join business in db.Businesses on visit.BusinessId equals business.Id
        where visit.PlatformEmployeeId == platformEmployeeId && visit.LeftAt == null && visit.EndsAt > now
            && business.Status != BusinessStatus.Closed
        select new SupportStay(visit.Id, visit.BusinessId, business.Name, visit.EndsAt);
}

/// <summary>A visit in a list.</summary>
/// <param name="LeftAt">Null while it is open.</param>
/// <param name="EndedBy">The employee who ended it, where one did.</param>
public sealed record VisitRow(
    Guid Id, string Visitor, string Reason, DateTimeOffset StartedAt, DateTimeOffset EndsAt, DateTimeOffset? LeftAt,
    SupportVisitEnding? Ending, Guid? EndedBy)
{
    private const int MaxShown = 20;

    public bool IsOpen(DateTimeOffset now) => LeftAt is null && EndsAt > now;

    internal static IQueryable<VisitRow> Newest(IQueryable<SupportVisit> visits) => visits.OrderByDescending(v => v.StartedAt)
        .Take(MaxShown).Select(v => new VisitRow(v.Id, v.VisitorName, v.Reason, v.StartedAt, v.EndsAt, v.LeftAt, v.Ending, v.EndedById));
}
