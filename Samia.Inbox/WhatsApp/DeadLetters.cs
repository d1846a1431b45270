using System.Text;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>A webhook that was given up, with its body as Meta sent it.</summary>
internal sealed record DeadLetter(Guid Id, DateTimeOffset ReceivedAt, int Attempts, string Error, string Body);

/// <summary>Shows an admin the webhooks that could not be processed, and has them tried again.</summary>
internal sealed class DeadLetters(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, TenantContext tenant, TimeProvider time,
    WebhookSignal signal)
{
    private const int MaxShown = 100;

    /// <summary>The newest hundred.</summary>
    /// <exception cref="NotPermittedException">The employee may not manage settings.</exception>
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task<IReadOnlyList<DeadLetter>> ListAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageSettings, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.WebhookLogs.AsNoTracking().Where(w => w.Status == WebhookLogStatus.Dead)
            .OrderByDescending(w => w.Id).Take(MaxShown).ToListAsync(cancellationToken);
        return rows.ConvertAll(w =>
            new DeadLetter(w.Id, w.ReceivedAt, w.Attempts, w.LastError ?? "", Encoding.UTF8.GetString(w.Body)));
    }

    /// <summary>Has all of them processed again, as if they had just arrived; those that fail come back.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="NotPermittedException">The employee may not manage settings.</exception>
    [RequiresPermission(Permissions.ManageSettings)]
    public async Task<int> RetryAllAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageSettings, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(new ActivityLog { At = time.GetUtcNow(), EmployeeId = tenant.EmployeeId, Action = "webhooks.retried" });
        await db.SaveChangesAsync(cancellationToken);
        var count = await db.WebhookLogs.Where(w => w.Status == WebhookLogStatus.Dead).ExecuteUpdateAsync(s => s
            .SetProperty(w => w.Status, WebhookLogStatus.Pending)
            .SetProperty(w => w.Attempts, 0)
            .SetProperty(w => w.NextAttemptAt, (DateTimeOffset?)null), cancellationToken);
        signal.Arrived(tenant.BusinessId);
        return count;
    }
}
