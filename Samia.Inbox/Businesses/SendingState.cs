using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox.Businesses;

/// <summary>Whether what a business's employees send goes out.</summary>
/// <param name="PausedAt">Since when nothing goes out, until a person resumes it; null if it is not paused.</param>
/// <param name="PausedReason">A sentence for people.</param>
/// <param name="SlowedUntil">Messages wait until then and go on by themselves; null if they do not wait.</param>
/// <param name="SuspendedReason">The operator's sentence, where the business is suspended; else null.</param>
public sealed record SendingStatus(
    DateTimeOffset? PausedAt, string? PausedReason, DateTimeOffset? SlowedUntil, string? SuspendedReason = null)
{
    public bool IsPaused => PausedAt is not null;

    public bool IsSuspended => SuspendedReason is not null;
}

/// <summary>
/// Stops and resumes a business's sending. What employees send meanwhile stays in the queue. Each change is told as a
/// live event of the business.
/// </summary>
public sealed class SendingState(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions,
    TenantContext tenant, OutboxSignal signal, TimeProvider time)
{
    [RequiresNoPermission("Whoever writes is to know whether it goes out.")]
    public async Task<SendingStatus> GetAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var status = await db.Businesses.Where(b => b.Id == tenant.BusinessId)
            .Select(b => new SendingStatus(b.SendingPausedAt, b.SendingPausedReason, b.SendingSlowedUntil,
                b.Status == BusinessStatus.Suspended ? b.SuspendedReason ?? "" : null))
            .SingleAsync(cancellationToken);
        return status.SlowedUntil > now ? status : status with { SlowedUntil = null };
    }

    /// <summary>Lets the queue go on. If WhatsApp still refuses, sending is paused again at the first message.</summary>
    /// <returns>False if it was not paused.</returns>
    /// <exception cref="NotPermittedException">The employee may not manage settings.</exception>
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task<bool> ResumeAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageSettings, cancellationToken);
        var resumed = await transaction.RunAsync(async (db, live, ct) =>
        {
            var changed = await db.Businesses.Where(b => b.Id == tenant.BusinessId && b.SendingPausedAt != null)
                .ExecuteUpdateAsync(b => b
                    .SetProperty(x => x.SendingPausedAt, (DateTimeOffset?)null)
                    .SetProperty(x => x.SendingPausedReason, (string?)null), ct);
            return changed > 0 && Log(db, live, "sending.resumed", null);
        }, cancellationToken);
        signal.Arrived(tenant.BusinessId);
        return resumed;
    }

    /// <summary>Stops sending, unless the token that was refused has been replaced since.</summary>
    /// <param name="reason">A sentence for people.</param>
    /// <param name="errorCode">Meta's code.</param>
    /// <param name="refusedToken">The stored column that held the token.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False if it was paused already or the token is another now.</returns>
    [RequiresProduct]
    internal Task<bool> PauseAsync(
        string reason, int? errorCode, string refusedToken, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        return transaction.RunAsync(async (db, live, ct) =>
        {
            var now = time.GetUtcNow();
            var changed = await db.Businesses
                .Where(b => b.Id == tenant.BusinessId && b.SendingPausedAt == null && b.AccessToken == refusedToken)
                .ExecuteUpdateAsync(b => b
                    .SetProperty(x => x.SendingPausedAt, now)
                    .SetProperty(x => x.SendingPausedReason, reason), ct);
            return changed > 0 && Log(db, live, "sending.paused", JsonSerializer.Serialize(new { code = errorCode }));
        }, cancellationToken);
    }

    /// <summary>Makes the queue wait. A shorter wait never replaces a longer one.</summary>
    [RequiresProduct]
    internal Task<bool> SlowAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        return transaction.RunAsync(async (db, live, ct) =>
        {
            var changed = await db.Businesses
                .Where(b => b.Id == tenant.BusinessId && (b.SendingSlowedUntil == null || b.SendingSlowedUntil < until))
                .ExecuteUpdateAsync(b => b.SetProperty(x => x.SendingSlowedUntil, until), ct);
            if (changed > 0)
            {
                live.Business();
            }

            return changed > 0;
        }, cancellationToken);
    }

    private bool Log(SamiaDbContext db, LiveChanges live, string action, string? details)
    {
        db.Add(new ActivityLog
        {
            At = time.GetUtcNow(), EmployeeId = tenant.EmployeeId, Action = action, SubjectId = tenant.BusinessId, Details = details,
        });
        live.Business();
        return true;
    }
}
