using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>What a business sees of those who visit it for support, and how it sends them away.</summary>
public sealed class VisitsOfBusiness(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, TenantContext tenant,
    PlatformPeople people, SignInChanges signIns, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>The newest first, at most twenty.</summary>
    [RequiresPermission(Permissions.ViewAudit)]
    public async Task<IReadOnlyList<VisitRow>> ListAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ViewAudit, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await VisitRow.Newest(db.SupportVisits).ToListAsync(cancellationToken);
    }

    /// <summary>Ends a visit: the visitor's screens close within seconds.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage settings.</exception>
    /// <exception cref="PlatformException">There is no such visit, or it is over.</exception>
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task EndAsync(Guid visitId, CancellationToken cancellationToken)
    {
        // Sending support away is no change of settings: a suspended business may do it too.
        await permissions.DemandToSeeAsync(Permissions.ManageSettings, cancellationToken);
        var visitor = await transaction.RunAsync(async (db, live, ct) =>
        {
            var now = time.GetUtcNow();
            var visit = await db.SupportVisits.SingleOrDefaultAsync(v => v.Id == visitId && v.LeftAt == null && v.EndsAt > now, ct)
                ?? throw new PlatformException(texts["This visit is over already."]);
            (visit.LeftAt, visit.Ending, visit.EndedById) = (now, SupportVisitEnding.SentAway, tenant.EmployeeId);
            db.Add(new ActivityLog { At = now, Action = "support.sent_away", SubjectId = visitId, SubjectName = visit.VisitorName });
            live.Business();
            return visit.PlatformEmployeeId;
        }, cancellationToken);
        if (visitor is not null && await people.UserIdAsync(visitor.Value, cancellationToken) is { } userId)
        {
            await signIns.PublishAsync(userId);
        }
    }
}
