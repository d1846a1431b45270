using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Tells how much a business uses of its plan; <see cref="Usage"/> counts it.</summary>
public sealed class UsageReports(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, EmployeePlaces places, BillingMonths months,
    TenantContext tenant)
{
    /// <summary>How many the history has, this one included.</summary>
    public const int Months = 12;

    /// <exception cref="NotPermittedException">The employee may not see the usage.</exception>
    [RequiresPermission(Permissions.ViewBilling)]
    public async Task<UsageReport> GetAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ViewBilling, cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    /// <summary>For the operator, who enters the business as the product.</summary>
    [RequiresProduct]
    internal Task<UsageReport> OfBusinessAsync(CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        return ReadAsync(cancellationToken);
    }

    /// <summary>
    /// What is nearly or wholly used up, for whoever may see it; nothing for everybody else. Of employees it is no alarm:
    /// a team may be complete.
    /// </summary>
    [RequiresNoPermission("Whoever may not see the usage is told nothing.")]
    public async Task<IReadOnlyList<UsageOf>> AlarmsAsync(CancellationToken cancellationToken)
    {
        if (!(await permissions.AllToSeeAsync(cancellationToken)).Contains(Permissions.ViewBilling))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var month = (await months.CurrentAsync(db, cancellationToken)).First;
        var counters = await db.UsageCounters.AsNoTracking()
            .Where(c => c.Month == month || c.Month == UsageCounter.Total).ToListAsync(cancellationToken);
        return [.. Limits(await PlanAsync(db, cancellationToken), counters, month).Where(l => l.Level > UsageLevel.Fine)];
    }

    private async Task<UsageReport> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var month = await months.CurrentAsync(db, cancellationToken);
        var oldest = month.First.AddMonths(1 - Months);
        // What was stored at the end of a month without any change was stored before it.
        var counters = await db.UsageCounters.AsNoTracking()
            .Where(c => c.Month >= oldest || c.Metric == UsageMetric.StorageBytes).ToListAsync(cancellationToken);
        var plan = await PlanAsync(db, cancellationToken);
        var room = await places.RoomAsync(db, cancellationToken);
        return new UsageReport(plan.Name, plan.MonthlyPrice, plan.Currency, month.First, month.EndsAt, month.Zone.Id,
            [new(UsageSubject.Employees, room.Taken, room.Maximum), .. Limits(plan, counters, month.First)],
            [
                .. Enumerable.Range(0, Months - 1).Select(i => MonthOf(oldest.AddMonths(i), counters)),
                MonthOf(month.First, counters) with { StorageBytes = Used(counters, UsageMetric.StorageBytes, UsageCounter.Total) },
            ]);
    }

    private Task<Plan> PlanAsync(SamiaDbContext db, CancellationToken cancellationToken) =>
        (from business in db.Businesses
         where business.Id == tenant.BusinessId
         join plan in db.Plans.AsNoTracking() on business.PlanId equals plan.Id
         select plan).SingleAsync(cancellationToken);

    private static IEnumerable<UsageOf> Limits(Plan plan, List<UsageCounter> counters, DateOnly month) =>
    [
        new(UsageSubject.Conversations, Used(counters, UsageMetric.Conversations, month), plan.MonthlyConversations),
        new(UsageSubject.AiReplies, Used(counters, UsageMetric.AiReplies, month), plan.MonthlyAiReplies),
        new(UsageSubject.TranscriptionSeconds, Used(counters, UsageMetric.TranscriptionSeconds, month), plan.MonthlyTranscriptionMinutes * 60L),
        new(UsageSubject.StorageBytes, Used(counters, UsageMetric.StorageBytes, UsageCounter.Total), plan.StorageMegabytes * 1_000_000L),
    ];

    private static UsageMonth MonthOf(DateOnly month, List<UsageCounter> counters) => new(month,
        Used(counters, UsageMetric.Conversations, month), Used(counters, UsageMetric.AiReplies, month),
        Used(counters, UsageMetric.TranscriptionSeconds, month),
        counters.Where(c => c.Metric == UsageMetric.StorageBytes && c.Month != UsageCounter.Total && c.Month <= month)
            .MaxBy(c => c.Month)?.Used ?? 0);

    private static long Used(List<UsageCounter> counters, UsageMetric metric, DateOnly month) =>
        counters.Find(c => c.Metric == metric && c.Month == month)?.Used ?? 0;
}
