using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Notifications;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Writes what became of a call: it arrived, is tried again, or is given up, and then perhaps the whole webhook.</summary>
[RequiresProduct]
internal sealed partial class WebhookOutcome(
    IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant, WebhookMetrics metrics, IOptions<WebhookOptions> options,
    TimeProvider time, ILogger<WebhookOutcome> logger)
{
    public async Task WriteAsync(WebhookClaim claim, WebhookAnswer answer, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var isLast = answer.IsDelivered || answer.IsGone || claim.Attempts + 1 >= options.Value.MaxAttempts;
        // The webhook, its entry, its delivery: whoever deletes them locks them in this order too.
        var stopped = isLast && await CountAsync(db, claim, answer, cancellationToken);
        if (!await (isLast ? EndAsync(db, claim, cancellationToken) : LaterAsync(db, claim, answer, cancellationToken)))
        {
            // The claim had ended: whoever has the entry now writes what becomes of it.
            return;
        }

        await NoteAsync(db, claim, answer, isLast, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        metrics.Called(answer, isLast);
        if (stopped)
        {
            LogStopped(claim.WebhookId, claim.BusinessId, answer.Status, answer.Error);
        }
    }

    /// <summary>There is nothing to deliver any more.</summary>
    public async Task ForgetAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await EndAsync(db, claim, cancellationToken);
    }

    private static async Task<bool> EndAsync(SamiaDbContext db, WebhookClaim claim, CancellationToken cancellationToken) =>
        await Mine(db, claim).ExecuteDeleteAsync(cancellationToken) > 0;

    private async Task<bool> LaterAsync(
        SamiaDbContext db, WebhookClaim claim, WebhookAnswer answer, CancellationToken cancellationToken)
    {
        var (attempts, due) = (claim.Attempts + 1, time.GetUtcNow() + options.Value.WaitAfter(claim.Attempts + 1, answer.RetryAfter));
        return await Mine(db, claim).ExecuteUpdateAsync(o => o
            .SetProperty(x => x.Attempts, attempts)
            .SetProperty(x => x.DueAt, due)
            .SetProperty(x => x.ClaimedUntil, (DateTimeOffset?)null), cancellationToken) > 0;
    }

    private async Task NoteAsync(
        SamiaDbContext db, WebhookClaim claim, WebhookAnswer answer, bool isLast, CancellationToken cancellationToken)
    {
        var state = answer.IsDelivered ? WebhookDeliveryState.Delivered : isLast ? WebhookDeliveryState.Failed : WebhookDeliveryState.Pending;
        var error = answer.Error is { } named ? StoredEnum.NameOf(named) : null;
        var finished = isLast ? time.GetUtcNow() : (DateTimeOffset?)null;
        await db.OutgoingWebhookDeliveries.Where(d => d.Id == claim.Id).ExecuteUpdateAsync(d => d
            .SetProperty(x => x.State, state)
            .SetProperty(x => x.Attempts, x => x.Attempts + 1)
            .SetProperty(x => x.ResponseStatus, answer.Status)
            .SetProperty(x => x.ResponseBody, answer.Body)
            .SetProperty(x => x.Error, error)
            .SetProperty(x => x.Took, answer.Took)
            .SetProperty(x => x.FinishedAt, finished), cancellationToken);
    }

    // Whether the webhook was stopped. What else waits for it stays, until somebody resumes it.
    private async Task<bool> CountAsync(
        SamiaDbContext db, WebhookClaim claim, WebhookAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.IsDelivered)
        {
            await db.OutgoingWebhooks.Where(w => w.Id == claim.WebhookId && w.FailuresInARow > 0)
                .ExecuteUpdateAsync(w => w.SetProperty(x => x.FailuresInARow, 0), cancellationToken);
            return false;
        }

        await db.OutgoingWebhooks.Where(w => w.Id == claim.WebhookId)
            .ExecuteUpdateAsync(w => w.SetProperty(x => x.FailuresInARow, x => x.FailuresInARow + 1), cancellationToken);
        var webhook = await db.OutgoingWebhooks.SingleOrDefaultAsync(w => w.Id == claim.WebhookId, cancellationToken);
        if (webhook is not { IsActive: true } || !(answer.IsGone || webhook.FailuresInARow >= options.Value.StopAfter))
        {
            return false;
        }

        var now = time.GetUtcNow();
        (webhook.IsActive, webhook.StoppedReason) = (false, answer.IsGone ? WebhookStops.Gone : WebhookStops.Failing);
        db.Add(new ActivityLog
        {
            At = now, Action = "outgoing_webhook.stopped", SubjectId = webhook.Id, SubjectName = OutgoingWebhooks.NameOf(webhook),
            Details = JsonSerializer.Serialize(new { reason = webhook.StoppedReason }),
        });
        await AdminNotifications.RaiseAsync(db, db.Tenant.BusinessId, AdminNotificationSeverity.Warning, "outgoing_webhook.stopped",
            "outgoing_webhook.stopped:" + webhook.Id,
            new { webhookId = webhook.Id, address = OutgoingWebhooks.NameOf(webhook), reason = webhook.StoppedReason }, now, cancellationToken);
        return true;
    }

    private static IQueryable<OutboxEntry> Mine(SamiaDbContext db, WebhookClaim claim) =>
        db.Outbox.Where(o => o.Id == claim.Id && o.ClaimedUntil == claim.ClaimedUntil);

    [LoggerMessage(EventId = 9103, Level = LogLevel.Warning,
        Message = "Webhook {Id} of business {BusinessId} is stopped: HTTP {Status}, error {Error}")]
    private partial void LogStopped(Guid id, Guid businessId, int? status, WebhookCallError? error);
}
