using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>How the plan is paid.</summary>
/// <param name="IsOn">Whether anything can be paid here at all.</param>
/// <param name="IsSubscribed">Whether the business pays for its plan.</param>
/// <param name="MayManage">Whether whoever looks may change that.</param>
/// <param name="ForSale">The smallest first.</param>
public sealed record BillingView(
    bool IsOn, string PlanId, string PlanName, bool IsSubscribed, bool MayManage, IReadOnlyList<PlanForSale> ForSale);

/// <summary>Leads people to the pages on which they pay for a plan. A business that is suspended may pay too.</summary>
public sealed class Subscriptions(
    IBilling billing, SubscriptionSync sync, PlansForSale plans, IDbContextFactory<SamiaDbContext> contexts,
    PermissionChecker permissions, TenantContext tenant, PublicAddress address, IStringLocalizer<Texts> texts)
{
    /// <summary>Where people come back to.</summary>
    public const string Page = "/settings/billing";

    /// <exception cref="NotPermittedException">The employee may not see the plan.</exception>
    [RequiresPermission(Permissions.ViewBilling)]
    public async Task<BillingView> GetAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ViewBilling, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var business = await db.Businesses.Where(b => b.Id == tenant.BusinessId)
            .Select(b => new { b.PlanId, b.StripeSubscriptionId }).SingleAsync(cancellationToken);
        var plan = await db.Plans.SingleAsync(p => p.Id == business.PlanId, cancellationToken);
        return new BillingView(billing.IsOn, plan.Id, plan.Name, business.StripeSubscriptionId is not null,
            await permissions.MayAsync(Permissions.ManageBilling, cancellationToken),
            billing.IsOn ? await plans.AllAsync(cancellationToken) : []);
    }

    /// <summary>Begins to pay for a plan.</summary>
    /// <returns>The page on which it is paid; for a business that pays already, the one on which that is changed.</returns>
    /// <exception cref="NotPermittedException">The employee may not change how the plan is paid.</exception>
    /// <exception cref="BillingException">It is not for sale, or Stripe did not do it; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageBilling)]
    public async Task<Uri> CheckoutAsync(string planId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageBilling, cancellationToken);
        DemandOn();
        var plan = (await plans.AllAsync(cancellationToken)).SingleOrDefault(p => p.Id == planId)
            ?? throw new BillingException(texts["This plan is not for sale any more. Choose another."]);
        var customer = await sync.CustomerOfAsync(tenant.BusinessId, cancellationToken);
        // Somebody may have paid in another tab a moment ago, or a webhook was lost: nobody is to pay twice.
        return await sync.RunAsync(tenant.BusinessId, customer, null, cancellationToken)
            ? await billing.PortalAsync(customer, address.Of(Page), cancellationToken)
            : await billing.CheckoutAsync(new BillingCheckout(
                tenant.BusinessId, customer, plan.PriceId, address.Of(Page + "?paid=true"), address.Of(Page)), cancellationToken);
    }

    /// <returns>The page on which the subscription is changed or cancelled, with cards and invoices.</returns>
    /// <exception cref="NotPermittedException">The employee may not change how the plan is paid.</exception>
    /// <exception cref="BillingException">Stripe did not do it; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageBilling)]
    public async Task<Uri> PortalAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageBilling, cancellationToken);
        DemandOn();
        var customer = await sync.CustomerOfAsync(tenant.BusinessId, cancellationToken);
        return await billing.PortalAsync(customer, address.Of(Page), cancellationToken);
    }

    private void DemandOn()
    {
        if (!billing.IsOn)
        {
            throw new BillingException(texts["Plans are changed by whoever runs Samia. Ask them for another one."]);
        }
    }
}
