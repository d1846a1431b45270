using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Which businesses the operator looks at.</summary>
/// <param name="Search">A part of the name, the slug or the WhatsApp number.</param>
public sealed record BusinessQuery(string? Search = null, BusinessStatus? Status = null, string? PlanId = null);

/// <summary>A business in the operator's list.</summary>
/// <param name="LastActivityAt">When something last happened in a conversation, as last measured.</param>
/// <param name="Messages">Of the last thirty days, both ways, as last measured.</param>
public sealed record BusinessRow(
    Guid Id, string Name, string Slug, BusinessStatus Status, string PlanName, string? PhoneNumber, DateTimeOffset CreatedAt,
    DateTimeOffset? LastActivityAt, long Messages, DateTimeOffset? DeleteAfter);

/// <summary>Everything that the operator sees of one business.</summary>
/// <param name="Days">How many messages it had on each day of the last thirty that had any.</param>
public sealed record BusinessOverview(
    BusinessRow Row, string PlanId, string TimeZone, string Locale, int Employees, DateTimeOffset? SuspendedAt,
    string? SuspendedReason, DateTimeOffset? ClosedAt, DateTimeOffset? ExportedAt, IReadOnlyDictionary<DateOnly, long> Days)
{
    /// <summary>Whether it is closed and waits for its export: its grace period has not begun.</summary>
    public bool AwaitsExport => Row is { Status: BusinessStatus.Closed, DeleteAfter: null };
}

/// <summary>All businesses, the newest first. It reads what <see cref="BusinessMeasuring"/> has counted and no message.</summary>
[RequiresPlatform]
[RequiresNoPermission("Only the operator: each method asks PlatformGate.")]
public sealed class BusinessDirectory(
    PlatformGate gate, IDbContextFactory<PlatformDbContext> contexts, TimeProvider time)
{
    public const int PageSize = 50;

    /// <param name="query">Which of them.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>At most <see cref="PageSize"/>; fewer on the last page.</returns>
    public Task<IReadOnlyList<BusinessRow>> PageAsync(
        BusinessQuery query, Guid? after, CancellationToken cancellationToken) => PageAsync(query, after, PageSize, cancellationToken);

    /// <summary>The same, of any size.</summary>
    public async Task<IReadOnlyList<BusinessRow>> PageAsync(
        BusinessQuery query, Guid? after, int count, CancellationToken cancellationToken)
    {
        await gate.DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var businesses = db.Businesses.AsNoTracking();
        if (SearchText.Of(query.Search) is { } search)
        {
            var pattern = SearchText.Pattern(search);
            businesses = businesses.Where(b => EF.Functions.ILike(b.Name, pattern, "\\") || EF.Functions.ILike(b.Slug, pattern, "\\")
                || EF.Functions.ILike(b.DisplayPhoneNumber!, pattern, "\\"));
        }

        if (query.Status is { } status)
        {
            businesses = businesses.Where(b => b.Status == status);
        }

        if (query.PlanId is { } plan)
        {
            businesses = businesses.Where(b => b.PlanId == plan);
        }

        if (after is { } last)
        {
            businesses = businesses.Where(b => b.Id < last);
        }

        return await Rows(db, businesses.OrderByDescending(b => b.Id).Take(count)).ToListAsync(cancellationToken);
    }

    /// <returns>Null if there is no such business.</returns>
    public async Task<BusinessOverview?> FindAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await gate.DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var business = await db.Businesses.AsNoTracking().SingleOrDefaultAsync(b => b.Id == businessId, cancellationToken);
        if (business is null)
        {
            return null;
        }

        var row = await Rows(db, db.Businesses.Where(b => b.Id == businessId)).SingleAsync(cancellationToken);
        var employees = await db.Employees.CountAsync(e => e.BusinessId == businessId && e.IsActive, cancellationToken);
        var since = Since();
        var days = await db.BusinessDays.Where(d => d.BusinessId == businessId && d.Day > since)
            .ToDictionaryAsync(d => d.Day, d => d.Messages, cancellationToken);
        return new BusinessOverview(row, business.PlanId, business.TimeZone, business.Locale, employees, business.SuspendedAt,
            business.SuspendedReason, business.ClosedAt, business.ExportedAt, days);
    }

    private IQueryable<BusinessRow> Rows(PlatformDbContext db, IQueryable<Business> businesses)
    {
        var since = Since();
        return
            from business in businesses
            join plan in db.Plans on business.PlanId equals plan.Id
            orderby business.Id descending
            select new BusinessRow(business.Id, business.Name, business.Slug, business.Status, plan.Name,
                business.DisplayPhoneNumber, business.CreatedAt, business.LastActivityAt,
                db.BusinessDays.Where(d => d.BusinessId == business.Id && d.Day > since).Sum(d => d.Messages),
                business.DeleteAfter);
    }

    private DateOnly Since() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-BusinessMeasuring.Days);
}
