using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Notifications;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Brings a business to what it pays for. Stripe is asked how things stand, each time and while nobody else does it for
/// the business: so it does not matter in which order its webhooks come, how often, or whether one is lost.
/// </summary>
[RequiresNoPermission("It does what Stripe says of the business's own customer, whoever calls.")]
public sealed partial class SubscriptionSync(
    IBilling billing, BusinessTransaction transaction, IDbContextFactory<PlatformDbContext> contexts, TimeProvider time,
    ILogger<SubscriptionSync> logger)
{
    /// <summary>Of the notification to admins.</summary>
    public const string PaymentFailed = "billing.payment_failed";

    /// <returns>The business that is this customer; null if none is.</returns>
    public async Task<Guid?> FindAsync(string customerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Businesses.Where(b => b.StripeCustomerId == customerId).Select(b => (Guid?)b.Id)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The business's customer, who is made if there is none yet.</summary>
    /// <exception cref="BillingException">Stripe did not do it; the message is for people.</exception>
    public async Task<string> CustomerOfAsync(Guid businessId, CancellationToken cancellationToken)
    {
        string? customer = null;
        return await transaction.RunAsync(businessId, async (db, ct) =>
        {
            await WaitForTurnAsync(db, businessId, ct);
            var known = await db.Businesses.Where(b => b.Id == businessId).Select(b => new { b.StripeCustomerId, b.Slug }).SingleOrDefaultAsync(ct);
            customer = known is null ? null : known.StripeCustomerId ?? await billing.CreateCustomerAsync(businessId, known.Slug, ct);
        }, (_, business, _) => Task.FromResult(business.StripeCustomerId = customer!), cancellationToken);
    }

    /// <param name="businessId">The business.</param>
    /// <param name="customerId">Its customer.</param>
    /// <param name="because">The webhook that is the reason; one that was processed already changes nothing. Null if there is none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>Whether a subscription is in force.</returns>
    /// <exception cref="BillingException">Stripe did not answer; nothing has changed.</exception>
    public async Task<bool> RunAsync(Guid businessId, string customerId, BillingNotice? because, CancellationToken cancellationToken)
    {
        IReadOnlyList<BillingSubscription>? found = null;
        return await transaction.RunAsync(businessId, async (db, ct) =>
        {
            await WaitForTurnAsync(db, businessId, ct);
            if (because is null || !await db.BillingEvents.AnyAsync(e => e.Id == because.EventId, ct))
            {
                found = await billing.SubscriptionsOfAsync(customerId, ct);
            }
        }, async (db, business, ct) =>
        {
            if (found is not null)
            {
                await NoteAsync(db, businessId, because, ct);
                await ApplyAsync(db, business, found, ct);
            }

            return business.StripeSubscriptionId is not null;
        }, cancellationToken);
    }

    // Until the transaction ends. A key of its own, so that nothing else of the business waits while Stripe is asked.
    private static async Task WaitForTurnAsync(PlatformDbContext db, Guid businessId, CancellationToken cancellationToken) => await db.Database.ExecuteSqlAsync(
        $"select pg_advisory_xact_lock(hashtextextended({"billing:" + businessId}, 0))", cancellationToken);

    private async Task NoteAsync(PlatformDbContext db, Guid businessId, BillingNotice? because, CancellationToken cancellationToken)
    {
        if (because is null)
        {
            return;
        }

        var now = time.GetUtcNow();
        db.Add(new BillingEvent { Id = because.EventId, Kind = because.Kind, ReceivedAt = now });
        if (because.PaymentFailed)
        {
            await AdminNotifications.RaiseAsync(
                db, businessId, AdminNotificationSeverity.Warning, PaymentFailed, PaymentFailed, null, now, cancellationToken);
        }
    }

    // Somebody who pays for two plans has the larger one.
    private async Task ApplyAsync(
        PlatformDbContext db, Business business, IReadOnlyList<BillingSubscription> found, CancellationToken cancellationToken)
    {
        var plans = await db.Plans.OrderBy(p => p.Rank).ToListAsync(cancellationToken);
        var (paid, plan) = found.Where(s => s.IsInForce)
            .Select(s => (s, plans.LastOrDefault(p => p.StripePriceId is { } price && s.PriceIds.Contains(price))))
            .OrderByDescending(s => s.Item2?.Rank ?? 0).FirstOrDefault();
        if (paid is null && business.StripeSubscriptionId is null)
        {
            // What it has, whoever runs Samia has given it.
            return;
        }

        if (paid is not null && plan is null)
        {
            LogUnknownPrice(business.Id, paid.Id);
        }

        // What is paid for under an unknown price stays as it is, and what is over leads back to the smallest tier.
        var next = paid is null ? plans[0].Id : plan?.Id ?? business.PlanId;
        if (next != business.PlanId)
        {
            db.Add(PlatformActor.Log(null, business.Id, time.GetUtcNow(), "business.plan_changed",
                new { plan = business.PlanId }, new { plan = next }, new { subscription = paid?.Id ?? business.StripeSubscriptionId }));
        }

        (business.PlanId, business.StripeSubscriptionId) = (next, paid?.Id);
    }

    [LoggerMessage(EventId = 8203, Level = LogLevel.Error,
        Message = "Business {BusinessId} pays for {SubscriptionId}, whose price no plan has. Set the price of the plan at /platform/plans")]
    private partial void LogUnknownPrice(Guid businessId, string subscriptionId);
}
