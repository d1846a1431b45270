using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Customers;

/// <summary>How a customer is written to: by number where it is known, else by business-scoped id.</summary>
public sealed record CustomerAddress(string? WaId, string? Bsuid)
{
    internal static Task<CustomerAddress> OfAsync(
        SamiaDbContext db, Guid customerId, CancellationToken cancellationToken) =>
        db.Customers.Where(c => c.Id == customerId).Select(c => new CustomerAddress(c.WaId, c.Bsuid))
            .SingleAsync(cancellationToken);
}
