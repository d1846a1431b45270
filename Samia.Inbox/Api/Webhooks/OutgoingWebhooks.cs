using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// The addresses that the business has told what happens. A webhook carries to somebody else what it is subscribed to,
/// so nobody subscribes one to what they may not see themselves.
/// </summary>
internal sealed class OutgoingWebhooks(
    IDbContextFactory<SamiaDbContext> contexts, LiveTransaction transaction, PermissionChecker permissions, Grants grants,
    WebhookUrl urls, SecretProtector secrets, TenantContext tenant, TimeProvider time, IStringLocalizer<Texts> texts)
{
    /// <summary>Of a business: each has every message write something more.</summary>
    public const int Max = 20;

    /// <summary>In the order in which they were made, those after <paramref name="after"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<List<WebhookInfo>> PageAsync(Guid? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageApi, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.OutgoingWebhooks.Where(w => after == null || w.Id.CompareTo(after.Value) > 0).OrderBy(w => w.Id).Take(count)
            .Select(WebhookInfo.Projection).ToListAsync(cancellationToken);
    }

    /// <returns>Null if the business has no such webhook.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<WebhookInfo?> FindAsync(Guid webhookId, CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageApi, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.OutgoingWebhooks.Where(w => w.Id == webhookId).Select(WebhookInfo.Projection).SingleOrDefaultAsync(cancellationToken);
    }

    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks, or not see what it would be told.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    /// <exception cref="ConflictException">There are as many as there may be.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<ShownWebhookSecret> CreateAsync(WebhookContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        content = await CheckedAsync(content, cancellationToken);
        var secret = WebhookSecret.Create();
        return await transaction.RunAsync(async (db, _, ct) =>
        {
            if (await db.OutgoingWebhooks.CountAsync(ct) >= Max)
            {
                throw new ConflictException(texts["There are {0} webhooks already, and more are not possible. Delete one that is not needed.", Max]);
            }

            var now = time.GetUtcNow();
            var webhook = new OutgoingWebhook
            {
                Id = Guid.CreateVersion7(now), Url = content.Url, Events = [.. content.Events], IsActive = content.IsActive,
                Secret = secrets.ProtectWebhookSecret(tenant.BusinessId, secret), CreatedById = tenant.EmployeeId, CreatedAt = now,
            };
            db.Add(webhook);
            Log(db, "outgoing_webhook.created", webhook, null, Written(webhook));
            return new ShownWebhookSecret(webhook.Id, secret);
        }, cancellationToken);
    }

    /// <summary>One that was stopped and is active again begins anew; what waited for it is delivered.</summary>
    /// <returns>Null if the business has no such webhook.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks, or not see what it would be told.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<WebhookInfo?> UpdateAsync(Guid webhookId, WebhookContent content, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        content = await CheckedAsync(content, cancellationToken);
        var isHere = await ChangeAsync(webhookId, (db, webhook) =>
        {
            var (before, url) = (Written(webhook), webhook.Url);
            (webhook.Url, webhook.Events, webhook.IsActive) = (content.Url, [.. content.Events], content.IsActive);
            if (content.IsActive)
            {
                (webhook.StoppedReason, webhook.FailuresInARow) = (null, 0);
            }

            if (Written(webhook) != before || webhook.Url != url)
            {
                Log(db, "outgoing_webhook.changed", webhook, before, Written(webhook));
            }
        }, cancellationToken);
        return isHere ? await FindAsync(webhookId, cancellationToken) : null;
    }

    /// <summary>Signs with a new secret from now on, and with the old one no more.</summary>
    /// <returns>Null if the business has no such webhook.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<ShownWebhookSecret?> RotateSecretAsync(Guid webhookId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        var secret = WebhookSecret.Create();
        var isHere = await ChangeAsync(webhookId, (db, webhook) =>
        {
            webhook.Secret = secrets.ProtectWebhookSecret(tenant.BusinessId, secret);
            Log(db, "outgoing_webhook.secret_rotated", webhook, null, null);
        }, cancellationToken);
        return isHere ? new ShownWebhookSecret(webhookId, secret) : null;
    }

    /// <summary>With its deliveries. What was still to be delivered is not.</summary>
    /// <returns>False if the business has no such webhook.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not manage webhooks.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<bool> DeleteAsync(Guid webhookId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        return await transaction.RunAsync(async (db, _, ct) =>
        {
            if (await HoldAsync(db, webhookId, ct) is not { } webhook)
            {
                return false;
            }

            // First the log and last the deliveries, as whoever writes messages and whoever makes calls lock them.
            Log(db, "outgoing_webhook.deleted", webhook, Written(webhook), null);
            await db.SaveChangesAsync(ct);
            await db.Database.ExecuteSqlAsync($"select from outgoing_webhooks where id = {webhookId} for update", ct);
            await db.Outbox.Where(o => o.Lane == webhookId && o.Kind == OutboxKind.CallWebhook).ExecuteDeleteAsync(ct);
            await db.OutgoingWebhooks.Where(w => w.Id == webhookId).ExecuteDeleteAsync(ct);
            return true;
        }, cancellationToken);
    }

    private Task<bool> ChangeAsync(Guid webhookId, Action<SamiaDbContext, OutgoingWebhook> change, CancellationToken cancellationToken) =>
        transaction.RunAsync(async (db, _, ct) =>
        {
            if (await HoldAsync(db, webhookId, ct) is not { } webhook)
            {
                return false;
            }

            change(db, webhook);
            return true;
        }, cancellationToken);

    // A lock that keeps nobody from writing deliveries.
    private static async Task<OutgoingWebhook?> HoldAsync(SamiaDbContext db, Guid webhookId, CancellationToken cancellationToken) =>
        (await db.OutgoingWebhooks.FromSql($"select * from outgoing_webhooks where id = {webhookId} for no key update")
            .ToListAsync(cancellationToken)).SingleOrDefault();

    private async Task<WebhookContent> CheckedAsync(WebhookContent content, CancellationToken cancellationToken)
    {
        if (content.Events.Count == 0)
        {
            throw new ArgumentException(texts["Choose at least one event."]);
        }

        if (content.Events.Except(WebhookEventType.Catalogue.Select(e => e.Name)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException(texts["There is no event {0}.", unknown]);
        }

        var events = WebhookEventType.Catalogue.Where(e => content.Events.Contains(e.Name)).ToList();
        await grants.DemandAsync(events.Select(e => e.Permission), cancellationToken);
        return content with { Url = await urls.CheckedAsync(content.Url, cancellationToken), Events = [.. events.Select(e => e.Name)] };
    }

    private void Log(SamiaDbContext db, string action, OutgoingWebhook webhook, string? before, string? after) => db.Add(new ActivityLog
    {
        At = time.GetUtcNow(), Action = action, SubjectId = webhook.Id, SubjectName = NameOf(webhook), Before = before, After = after,
    });

    /// <summary>What others may know it by: the rest of an address is often as good as a password.</summary>
    public static string NameOf(OutgoingWebhook webhook) => new Uri(webhook.Url).GetLeftPart(UriPartial.Authority);

    private static string Written(OutgoingWebhook webhook) =>
        JsonSerializer.Serialize(new { address = NameOf(webhook), events = webhook.Events, active = webhook.IsActive });
}
