using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Somebody of the platform enters a business: for a reason, for a limited time, and in the open. Whatever they do there
/// is signed with the visit.
/// </summary>
[RequiresPlatform]
[RequiresNoPermission("Only the operator: each method asks PlatformGate.")]
public sealed class SupportVisits(
    PlatformGate gate, BusinessTransaction transaction, IDbContextFactory<PlatformDbContext> contexts,
    PlatformPeople people, SignInChanges signIns, IStringLocalizer<Texts> texts, TimeProvider time)
{
    public const int MinReason = 10;
    public const int MaxReason = 300;

    /// <summary>How long a visit may be.</summary>
    public static IReadOnlyList<TimeSpan> Lengths { get; } =
        [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <summary>Begins a visit. One that the same person still has open there ends.</summary>
    /// <returns>The visit.</returns>
    /// <exception cref="PlatformException">The reason says too little, or the business is closed.</exception>
    public async Task<Guid> StartAsync(
        Guid businessId, string reason, TimeSpan length, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        reason = reason.Trim();
        if (reason.Length is < MinReason or > MaxReason)
        {
            throw new PlatformException(texts["Write the reason in {0} to {1} characters: the business's admins read it.", MinReason, MaxReason]);
        }

        if (!Lengths.Contains(length))
        {
            throw new PlatformException(texts["Choose how long you will be there."]);
        }

        return await transaction.RunAsync(businessId, async (db, business, ct) =>
        {
            if (business.Status == BusinessStatus.Closed)
            {
                throw new PlatformException(texts["It is closed. Restore it first."]);
            }

            var now = time.GetUtcNow();
            foreach (var open in await db.SupportVisits.Where(v => v.BusinessId == businessId && v.PlatformEmployeeId == actor.Id
                && v.LeftAt == null).ToListAsync(ct))
            {
                End(db, open, now < open.EndsAt ? now : open.EndsAt, actor.IpAddress);
            }

            var visit = new SupportVisit
            {
                BusinessId = businessId, PlatformEmployeeId = actor.Id, VisitorName = actor.Name, Reason = reason,
                StartedAt = now, EndsAt = now + length,
            };
            db.Add(visit);
            db.Add(Log(visit, now, "support.entered", actor.IpAddress, JsonSerializer.Serialize(new { reason, until = visit.EndsAt })));
            return visit.Id;
        }, cancellationToken);
    }

    /// <returns>A visit of whoever asks that is open still; else null.</returns>
    public async Task<SupportStay?> OpenAsync(Guid businessId, Guid visitId, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SupportStay.Find(db, actor.Id, businessId, visitId, time.GetUtcNow()).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The newest first, at most twenty.</summary>
    public async Task<IReadOnlyList<VisitRow>> OfBusinessAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await gate.DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await VisitRow.Newest(db.SupportVisits.Where(v => v.BusinessId == businessId)).ToListAsync(cancellationToken);
    }

    /// <summary>Ends one's own visit; nothing if it is over.</summary>
    public async Task LeaveAsync(Guid businessId, Guid visitId, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        await transaction.RunAsync(businessId, async (db, _, ct) =>
        {
            var visit = await db.SupportVisits.SingleOrDefaultAsync(v => v.BusinessId == businessId && v.Id == visitId
                && v.PlatformEmployeeId == actor.Id && v.LeftAt == null, ct);
            if (visit is not null)
            {
                End(db, visit, time.GetUtcNow(), actor.IpAddress);
            }
        }, cancellationToken);
        // Other tabs of the visit ask again whether they may stay.
        if (await people.UserIdAsync(actor.Id, cancellationToken) is { } userId)
        {
            await signIns.PublishAsync(userId);
        }
    }

    private static void End(PlatformDbContext db, SupportVisit visit, DateTimeOffset at, string? address)
    {
        (visit.LeftAt, visit.Ending) = (at, SupportVisitEnding.Left);
        db.Add(Log(visit, at, "support.left", address, null));
    }

    private static ActivityLog Log(SupportVisit visit, DateTimeOffset at, string action, string? address, string? after) => new()
    {
        BusinessId = visit.BusinessId, At = at, ActorKind = ActorKind.Support, ActorId = visit.Id, IpAddress = address,
        Action = action, SubjectId = visit.Id, After = after,
    };
}
