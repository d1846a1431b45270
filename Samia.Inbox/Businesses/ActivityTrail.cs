using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Reads the business's activity log, the newest first.</summary>
public sealed class ActivityTrail(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, BusinessProfile profile, TimeProvider time)
{
    public const int PageSize = 50;

    /// <param name="query">Which rows.</param>
    /// <param name="before">Only rows with a smaller sequence number; null from the newest on.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <returns>At most <see cref="PageSize"/>; fewer at the end.</returns>
    [RequiresPermission(Permissions.ViewAudit)]
    public async Task<IReadOnlyList<ActivityRow>> PageAsync(
        ActivityQuery query, long? before, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewAudit, cancellationToken);
        var zone = (await profile.GetAsync(cancellationToken)).TimeZone;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var logs = Filter(db, query, zone);
        return await Rows(db, logs.Where(l => before == null || l.Sequence < before).OrderByDescending(l => l.Sequence)
            .Take(PageSize)).ToListAsync(cancellationToken);
    }

    /// <summary>All of it, streamed. That it was exported is a row of the log itself.</summary>
    [RequiresPermission(Permissions.ViewAudit)]
    public async Task ExportAsync(ActivityQuery query, Func<ActivityRow, Task> write, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewAudit, cancellationToken);
        var zone = (await profile.GetAsync(cancellationToken)).TimeZone;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(new ActivityLog { At = time.GetUtcNow(), Action = "activity.exported" });
        await db.SaveChangesAsync(cancellationToken);
        var rows = Rows(db, Filter(db, query, zone));
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            await write(row);
        }
    }

    private static IQueryable<ActivityLog> Filter(SamiaDbContext db, ActivityQuery query, TimeZoneInfo zone)
    {
        IQueryable<ActivityLog> logs = db.ActivityLogs.AsNoTracking();
        if (query.EmployeeId is { } employee)
        {
            logs = logs.Where(l => l.EmployeeId == employee);
        }

        if (SearchText.Of(query.Area) is { } area)
        {
            logs = logs.Where(l => l.Action.StartsWith(area + "."));
        }

        if (query.From is { } from)
        {
            var start = BusinessDays.StartOf(from, zone);
            logs = logs.Where(l => l.At >= start);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = BusinessDays.StartOf(to.AddDays(1), zone);
            logs = logs.Where(l => l.At < end);
        }

        if (SearchText.Of(query.Search) is { } search)
        {
            var pattern = SearchText.Pattern(search);
            logs = logs.Where(l => EF.Functions.ILike(l.SubjectName!, pattern, "\\") || EF.Functions.ILike(l.Action, pattern, "\\")
                || EF.Functions.ILike(l.IpAddress!, pattern, "\\"));
        }

        return logs;
    }

    private static IQueryable<ActivityRow> Rows(SamiaDbContext db, IQueryable<ActivityLog> logs) =>
        from log in logs
        join employee in db.Employees on log.EmployeeId equals employee.Id into employees
        from employee in employees.DefaultIfEmpty()
        join token in db.ApiTokens on log.ActorId equals token.Id into tokens
        from token in tokens.DefaultIfEmpty()
        join visit in db.SupportVisits on log.ActorId equals visit.Id into visits
        from visit in visits.DefaultIfEmpty()
        orderby log.Sequence descending
        select new ActivityRow(log.Sequence, log.At, log.ActorKind, employee.Name ?? token.Name ?? visit.VisitorName,
            log.Action, log.SubjectName, log.Before, log.After, log.Details, log.IpAddress);
}
