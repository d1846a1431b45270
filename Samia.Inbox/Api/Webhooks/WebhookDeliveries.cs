using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>The log of what addresses were told, and sending it again.</summary>
internal sealed class WebhookDeliveries(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, WebhookRecorder recorder,
    WebhookCallSignal signal, TenantContext tenant, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>Of one webhook, the newest first, before <paramref name="before"/> if it is given.</summary>
    /// <param name="webhookId">The webhook.</param>
    /// <param name="state">Those in it; null for all.</param>
    /// <param name="before">Where the page before ended.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<List<WebhookDeliveryInfo>> PageAsync(
        Guid webhookId, WebhookDeliveryState? state, Guid? before, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageApi, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var deliveries = db.OutgoingWebhookDeliveries.Where(d => d.OutgoingWebhookId == webhookId
            && (before == null || d.Id.CompareTo(before.Value) < 0));
        // Said as the index of the undelivered says it.
        deliveries = state switch
        {
            null => deliveries,
            WebhookDeliveryState.Delivered => deliveries.Where(d => d.State == WebhookDeliveryState.Delivered),
            _ => deliveries.Where(d => d.State != WebhookDeliveryState.Delivered && d.State == state),
        };
        var rows = await deliveries.OrderByDescending(d => d.Id).Take(count).Select(d => new
        {
            d.Id, d.OutgoingWebhookId, d.Event, d.State, d.Attempts, d.ResponseStatus, d.Error, d.Took, d.CreatedAt, d.FinishedAt,
            NextAttemptAt = db.Outbox.Where(o => o.Id == d.Id).Select(o => (DateTimeOffset?)o.DueAt).SingleOrDefault(),
        }).ToListAsync(cancellationToken);
        return [.. rows.Select(d => new WebhookDeliveryInfo(d.Id, d.OutgoingWebhookId, d.Event, d.State, d.Attempts, d.ResponseStatus,
            d.Error, d.Took?.TotalMilliseconds, d.CreatedAt, d.FinishedAt, d.NextAttemptAt))];
    }

    /// <summary>With what was sent, for whoever may see such things, and what was answered.</summary>
    /// <returns>Null if the business has no such delivery.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<WebhookDeliveryDetails?> FindAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageApi, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.OutgoingWebhookDeliveries.AsNoTracking().SingleOrDefaultAsync(d => d.Id == deliveryId, cancellationToken) is not { } d)
        {
            return null;
        }

        var due = await db.Outbox.Where(o => o.Id == d.Id).Select(o => (DateTimeOffset?)o.DueAt).SingleOrDefaultAsync(cancellationToken);
        var needed = WebhookEventType.Catalogue.FirstOrDefault(e => e.Name == d.Event)?.Permission;
        var isSeen = needed is null || (await permissions.AllToSeeAsync(cancellationToken)).Contains(needed);
        return new(new(d.Id, d.OutgoingWebhookId, d.Event, d.State, d.Attempts, d.ResponseStatus, d.Error, d.Took?.TotalMilliseconds,
            d.CreatedAt, d.FinishedAt, due), isSeen ? d.Body : null, d.ResponseBody);
    }

    /// <summary>
    /// Delivers the same once more, at once, under the same id; if that fails, again as often as something new. One that
    /// waits for its next try does not wait any longer.
    /// </summary>
    /// <returns>False if the business has no such delivery.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    /// <exception cref="ArgumentException">The webhook is not called at the moment; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<bool> SendAgainAsync(Guid deliveryId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        var isHere = await transaction.RunAsync(async (db, _, ct) =>
        {
            var delivery = await db.OutgoingWebhookDeliveries.Where(d => d.Id == deliveryId)
                .Select(d => new { d.OutgoingWebhookId, d.Event }).SingleOrDefaultAsync(ct);
            if (delivery is null)
            {
                return false;
            }

            await DemandActiveAsync(db, delivery.OutgoingWebhookId, ct);
            await QueueAsync(db, deliveryId, delivery.OutgoingWebhookId, ct);
            db.Add(new ActivityLog
            {
                At = time.GetUtcNow(), Action = "outgoing_webhook.sent_again", SubjectId = delivery.OutgoingWebhookId, SubjectName = delivery.Event,
            });
            return true;
        }, cancellationToken);
        signal.Arrived(tenant.BusinessId);
        return isHere;
    }

    /// <summary>Delivers a <c>webhook.test</c>, so that people see whether it arrives.</summary>
    /// <returns>The delivery; null if the business has no such webhook.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    /// <exception cref="ArgumentException">The webhook is not called at the moment; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<Guid?> SendTestAsync(Guid webhookId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        return await transaction.RunAsync(async (db, _, ct) =>
        {
            if (!await db.OutgoingWebhooks.AnyAsync(w => w.Id == webhookId, ct))
            {
                return (Guid?)null;
            }

            await DemandActiveAsync(db, webhookId, ct);
            return recorder.Add(db, webhookId, WebhookEventType.Test, new { webhookId });
        }, cancellationToken);
    }

    /// <summary>Forgets what is older, whether it arrived or not.</summary>
    [RequiresProduct]
    public async Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        var oldest = Guid.CreateVersion7(before);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var webhookId in await db.OutgoingWebhooks.Select(w => w.Id).ToListAsync(cancellationToken))
        {
            await db.Outbox.Where(o => o.Lane == webhookId && o.Kind == OutboxKind.CallWebhook && o.Id.CompareTo(oldest) < 0)
                .ExecuteDeleteAsync(cancellationToken);
            await db.OutgoingWebhookDeliveries.Where(d => d.OutgoingWebhookId == webhookId && d.Id.CompareTo(oldest) < 0)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    // The outbox first, as whoever writes an outcome does it.
    private async Task QueueAsync(SamiaDbContext db, Guid deliveryId, Guid webhookId, CancellationToken cancellationToken)
    {
        var (kind, now) = (StoredEnum.NameOf(OutboxKind.CallWebhook), time.GetUtcNow());
        await db.Database.ExecuteSqlAsync($"""
            insert into outbox (business_id, id, kind, lane, attempts, due_at)
            values ({tenant.BusinessId}, {deliveryId}, {kind}, {webhookId}, 0, {now})
            on conflict (business_id, id) do update set due_at = excluded.due_at
            """, cancellationToken);
        await db.OutgoingWebhookDeliveries.Where(d => d.Id == deliveryId).ExecuteUpdateAsync(d => d
            .SetProperty(x => x.State, WebhookDeliveryState.Pending)
            .SetProperty(x => x.FinishedAt, (DateTimeOffset?)null), cancellationToken);
    }

    private async Task DemandActiveAsync(SamiaDbContext db, Guid webhookId, CancellationToken cancellationToken)
    {
        if (!await db.OutgoingWebhooks.AnyAsync(w => w.Id == webhookId && w.IsActive, cancellationToken))
        {
            throw new ArgumentException(texts["This webhook is not called at the moment. Resume it first."]);
        }
    }
}
