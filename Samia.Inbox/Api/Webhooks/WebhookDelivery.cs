using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Makes one call, as the tenant, and has its outcome written. A call whose outcome is lost is made again.</summary>
[RequiresProduct]
internal sealed class WebhookDelivery(
    IDbContextFactory<SamiaDbContext> contexts, WebhookCaller caller, WebhookOutcome outcome, SecretProtector secrets,
    TenantContext tenant)
{
    public async Task DeliverAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        tenant.DemandProduct();
        if (await FindAsync(claim, cancellationToken) is not { } found)
        {
            await outcome.ForgetAsync(claim, cancellationToken);
            return;
        }

        await outcome.WriteAsync(claim, await CallAsync(claim, found, cancellationToken), cancellationToken);
    }

    private async Task<WebhookAnswer> CallAsync(WebhookClaim claim, Found found, CancellationToken cancellationToken)
    {
        try
        {
            var secret = secrets.OpenWebhookSecret(claim.BusinessId, found.Secret);
            return await caller.CallAsync(new WebhookCall(claim.Id, found.Url, secret, found.Body), cancellationToken);
        }
        catch (CryptographicException)
        {
            return new WebhookAnswer(null, null, WebhookCallError.SecretUnreadable, TimeSpan.Zero);
        }
    }

    private async Task<Found?> FindAsync(WebhookClaim claim, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from delivery in db.OutgoingWebhookDeliveries
            join webhook in db.OutgoingWebhooks on delivery.OutgoingWebhookId equals webhook.Id
            where delivery.Id == claim.Id
            select new Found(webhook.Url, webhook.Secret, delivery.Body)).SingleOrDefaultAsync(cancellationToken);
    }

    private sealed record Found(string Url, string Secret, string Body);
}
