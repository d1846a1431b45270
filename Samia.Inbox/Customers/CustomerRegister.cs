using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.Customers;

/// <summary>Whom an identity stands for.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Duplicate">Another row that turned out to be the same person; see <see cref="CustomerRegister.AbsorbAsync"/>.</param>
internal sealed record KnownCustomer(Customer Customer, Customer? Duplicate);

/// <summary>
/// Knows customers by number, by business-scoped id, or by both, and ties the two together when an event carries both.
/// Works in the caller's transaction.
/// </summary>
internal static class CustomerRegister
{
    /// <summary>Finds or creates the customer, and notes what the identity tells that is new.</summary>
    public static async Task<KnownCustomer> ResolveAsync(
        SamiaDbContext db, CustomerIdentity identity, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var byId = await FindAsync(db, null, identity.Bsuid, cancellationToken);
        var byNumber = await FindAsync(db, identity.WaId, null, cancellationToken);
        if (byId is not null && byNumber is not null && byId.Id != byNumber.Id && byNumber.Bsuid is not null)
        {
            // The number belonged to somebody with an id of their own, and has a new owner now.
            byNumber.WaId = null;
            await db.SaveChangesAsync(cancellationToken);
            byNumber = null;
        }

        if (byId is not null && byNumber is not null && byId.Id != byNumber.Id)
        {
            return OlderFirst(byId, byNumber);
        }

        var customer = byId ?? byNumber;
        if (customer is null)
        {
            customer = new Customer { CreatedAt = now };
            db.Add(customer);
        }

        Note(customer, identity);
        await db.SaveChangesAsync(cancellationToken);
        return new KnownCustomer(customer, null);
    }

    /// <summary>
    /// Removes the duplicate, whose conversation was merged before, and gives its ids and all else to the customer.
    /// </summary>
    public static async Task AbsorbAsync(
        SamiaDbContext db, KnownCustomer known, CustomerIdentity identity, CancellationToken cancellationToken)
    {
        var (customer, duplicate) = (known.Customer, known.Duplicate!);
        await db.MoveReferencesAsync<Customer>(duplicate.Id, customer.Id, cancellationToken);
        db.Remove(duplicate);
        await db.SaveChangesAsync(cancellationToken);
        customer.WaId ??= duplicate.WaId;
        customer.Bsuid ??= duplicate.Bsuid;
        customer.ParentBsuid ??= duplicate.ParentBsuid;
        customer.Username ??= duplicate.Username;
        customer.ProfileName ??= duplicate.ProfileName;
        Note(customer, identity);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// Gives a customer the number or id that replaces the old one. Null if nobody is known by the old one: whoever
    /// writes next with the new one is found or created then. If the new one has written already, both rows are the
    /// same person, and the identity to absorb with is in <paramref name="change"/>.
    /// </summary>
    public static async Task<KnownCustomer?> ReplaceAsync(
        SamiaDbContext db, IdentityChange change, CancellationToken cancellationToken)
    {
        var customer = await FindAsync(db, null, change.Old.Bsuid, cancellationToken)
            ?? await FindAsync(db, change.Old.WaId, null, cancellationToken);
        if (customer is null)
        {
            return null;
        }

        var taken = await FindAsync(db, null, change.NewBsuid, cancellationToken)
            ?? await FindAsync(db, change.NewWaId, null, cancellationToken);
        if (taken is not null && taken.Id != customer.Id)
        {
            return OlderFirst(customer, taken);
        }

        Note(customer, new CustomerIdentity(change.NewWaId, change.NewBsuid, change.NewParentBsuid));
        await db.SaveChangesAsync(cancellationToken);
        return new KnownCustomer(customer, null);
    }

    private static KnownCustomer OlderFirst(Customer a, Customer b) =>
        a.CreatedAt <= b.CreatedAt ? new KnownCustomer(a, b) : new KnownCustomer(b, a);

    private static void Note(Customer customer, CustomerIdentity identity)
    {
        customer.WaId = identity.WaId ?? customer.WaId;
        customer.Bsuid = identity.Bsuid ?? customer.Bsuid;
        customer.ParentBsuid = identity.ParentBsuid ?? customer.ParentBsuid;
        customer.Username = identity.Username ?? customer.Username;
        customer.ProfileName = identity.ProfileName ?? customer.ProfileName;
    }

    private static async Task<Customer?> FindAsync(
        SamiaDbContext db, string? waId, string? bsuid, CancellationToken cancellationToken) =>
        waId is not null ? await db.Customers.SingleOrDefaultAsync(c => c.WaId == waId, cancellationToken)
        : bsuid is not null ? await db.Customers.SingleOrDefaultAsync(c => c.Bsuid == bsuid, cancellationToken)
        : null;
}
