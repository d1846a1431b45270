using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox.Platform;

/// <summary>What the operator decides about a business. Each is in the business's own log, with who decided it.</summary>
[RequiresPlatform]
[RequiresNoPermission("Only the operator: each method asks PlatformGate.")]
public sealed class BusinessChanges(
    PlatformGate gate, BusinessTransaction transaction, IDbContextFactory<PlatformDbContext> contexts, SignInChanges signIns,
    OutboxSignal outbox, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>Of a reason, in characters.</summary>
    public const int MaxReason = 300;

    /// <exception cref="PlatformException">There is no such plan.</exception>
    public async Task ChangePlanAsync(Guid businessId, string planId, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        await transaction.RunAsync(businessId, async (db, business, ct) =>
        {
            if (!await db.Plans.AnyAsync(p => p.Id == planId, ct))
            {
                throw new PlatformException(texts["There is no such plan."]);
            }

            if (business.PlanId != planId)
            {
                db.Add(PlatformActor.Log(actor, businessId, time.GetUtcNow(), "business.plan_changed",
                    new { plan = business.PlanId }, new { plan = planId }));
                business.PlanId = planId;
            }
        }, cancellationToken);
    }

    /// <summary>Its people still sign in, read, and are told why; nothing is sent. A suspended one gets the new reason.</summary>
    /// <param name="businessId">Which.</param>
    /// <param name="reason">A sentence that its people read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PlatformException">There is no reason, or it is closed.</exception>
    public async Task SuspendAsync(Guid businessId, string reason, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        reason = Checked(reason);
        await transaction.RunAsync(businessId, (db, business) =>
        {
            if (business.Status == BusinessStatus.Closed)
            {
                throw new PlatformException(texts["It is closed. Restore it first."]);
            }

            var now = time.GetUtcNow();
            db.Add(PlatformActor.Log(actor, businessId, now, "business.suspended",
                new { reason = business.SuspendedReason }, new { reason }));
            business.Status = BusinessStatus.Suspended;
            business.SuspendedAt ??= now;
            business.SuspendedReason = reason;
        }, cancellationToken);
    }

    /// <summary>
    /// Lifts the suspension, or takes a closing back: a business that was suspended before it was closed is so again.
    /// </summary>
    /// <exception cref="PlatformException">It is neither, or its grace period is over.</exception>
    public async Task RestoreAsync(Guid businessId, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        await transaction.RunAsync(businessId, (db, business) =>
        {
            var now = time.GetUtcNow();
            if (business.Status == BusinessStatus.Active || business.DeleteAfter <= now)
            {
                throw new PlatformException(business.Status == BusinessStatus.Active
                    ? texts["It is active already."]
                    : texts["Its grace period is over, and it is being deleted."]);
            }

            var before = StoredEnum.NameOf(business.Status);
            if (business is { Status: BusinessStatus.Closed, SuspendedAt: not null })
            {
                business.Status = BusinessStatus.Suspended;
            }
            else
            {
                business.Status = BusinessStatus.Active;
                (business.SuspendedAt, business.SuspendedReason) = (null, null);
            }

            (business.ClosedAt, business.DeleteAfter) = (null, null);
            db.Add(PlatformActor.Log(actor, businessId, now, "business.restored",
                new { status = before }, new { status = StoredEnum.NameOf(business.Status) }));
        }, cancellationToken);
        outbox.Arrived(businessId);
    }

    /// <summary>
    /// Nobody signs in to it any more. The next full export begins its grace period, after which everything that it has
    /// is deleted.
    /// </summary>
    /// <param name="businessId">Which.</param>
    /// <param name="reason">For its log.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PlatformException">There is no reason, or it is closed already.</exception>
    public async Task CloseAsync(Guid businessId, string reason, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        reason = Checked(reason);
        await transaction.RunAsync(businessId, (db, business) =>
        {
            if (business.Status == BusinessStatus.Closed)
            {
                throw new PlatformException(texts["It is closed already."]);
            }

            var now = time.GetUtcNow();
            db.Add(PlatformActor.Log(actor, businessId, now, "business.closed",
                new { status = StoredEnum.NameOf(business.Status) }, new { reason }));
            (business.Status, business.ClosedAt, business.DeleteAfter) = (BusinessStatus.Closed, now, null);
        }, cancellationToken);
        await SendAwayAsync(businessId, cancellationToken);
    }

    // Their screens ask again whether they may stay, and learn that they may not.
    private async Task SendAwayAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var userId in await db.Employees.Where(e => e.BusinessId == businessId).Select(e => e.UserId).ToListAsync(cancellationToken))
        {
            await signIns.PublishAsync(userId);
        }
    }

    private string Checked(string reason) => reason.Trim() switch
    {
        "" => throw new PlatformException(texts["Write the reason."]),
        { Length: > MaxReason } => throw new PlatformException(texts["A reason has at most {0} characters.", MaxReason]),
        var text => text,
    };
}
