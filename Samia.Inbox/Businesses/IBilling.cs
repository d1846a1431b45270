using Samia.Inbox.Shell;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Whoever takes the money for plans. People pay, change and cancel on the provider's own pages; it tells what came of it
/// by webhook, and how things stand it is asked.
/// </summary>
public interface IBilling
{
    /// <summary>Whether it is set up. Without it, whoever runs Samia changes plans, and nothing else here may be called.</summary>
    bool IsOn { get; }

    /// <summary>Makes a customer. Called again for the same business within a day, it names the same one.</summary>
    /// <returns>The provider's id of it.</returns>
    /// <exception cref="BillingException">The provider did not do it; the message is for people.</exception>
    Task<string> CreateCustomerAsync(Guid businessId, string slug, CancellationToken cancellationToken);

    /// <returns>The page on which the customer pays for a plan.</returns>
    /// <exception cref="BillingException">The provider did not make it; the message is for people.</exception>
    Task<Uri> CheckoutAsync(BillingCheckout checkout, CancellationToken cancellationToken);

    /// <returns>The page on which the customer changes and cancels the subscription, with cards and invoices.</returns>
    /// <exception cref="BillingException">The provider did not make it; the message is for people.</exception>
    Task<Uri> PortalAsync(string customerId, Uri back, CancellationToken cancellationToken);

    /// <summary>Those of the customer that are not over, as they are now.</summary>
    /// <exception cref="BillingException">The provider did not answer; the message is for people.</exception>
    Task<IReadOnlyList<BillingSubscription>> SubscriptionsOfAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Reads a webhook.</summary>
    /// <param name="body">As it was received, to the byte.</param>
    /// <param name="signature">Of the header; null if it has none.</param>
    /// <returns>Null if the provider has not signed it, or signed it too long ago.</returns>
    BillingNotice? Read(string body, string? signature);
}

/// <summary>A business is about to pay for a plan.</summary>
/// <param name="PriceId">The provider's id of what the plan costs.</param>
/// <param name="Paid">Where the provider leads afterwards.</param>
/// <param name="Back">Where it leads whoever thinks better of it.</param>
public sealed record BillingCheckout(Guid BusinessId, string CustomerId, string PriceId, Uri Paid, Uri Back);

/// <param name="Id">The provider's.</param>
/// <param name="IsInForce">Paid for, or the provider is still trying to have it paid.</param>
/// <param name="PriceIds">What is paid.</param>
public sealed record BillingSubscription(string Id, bool IsInForce, IReadOnlyList<string> PriceIds);

/// <summary>What a webhook is about. It is a reason to ask how things stand and says nothing of it itself.</summary>
/// <param name="EventId">The provider's, the same each time it is delivered.</param>
/// <param name="Kind">The provider's name of it.</param>
/// <param name="CustomerId">Whom it concerns; null if it is nothing that Samia listens to.</param>
/// <param name="PaymentFailed">A payment was refused.</param>
public sealed record BillingNotice(string EventId, string Kind, string? CustomerId, bool PaymentFailed);

/// <summary>
/// The provider could not be asked, or said no. The message is for people; what the provider said is not within, because it
/// may quote a key.
/// </summary>
public sealed class BillingException(string message) : RefusedException(message);
