using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Inbox.Customers;

/// <summary>Finds customers, in the order in which they first came.</summary>
public sealed class CustomerSearch(IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions)
{
    /// <summary>Those after <paramref name="after"/>, or the first ones; fewer than asked for at the end.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see customers.</exception>
    [RequiresPermission(Permissions.ViewCustomers)]
    public async Task<List<CustomerDetails>> PageAsync(
        CustomerSearchQuery query, Guid? after, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewCustomers, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customers = db.Customers.AsNoTracking().Where(c => after == null || c.Id.CompareTo(after.Value) > 0);
        if (!string.IsNullOrWhiteSpace(query.Phone))
        {
            var digits = PhoneText.Digits(query.Phone) ?? "";
            customers = customers.Where(c => c.WaId == digits);
        }

        if (SearchText.Of(query.Search) is { } search)
        {
            var part = SearchText.Pattern(search);
            customers = customers.Where(c => EF.Functions.ILike(c.Name!, part, "\\") || EF.Functions.ILike(c.ProfileName!, part, "\\")
                || EF.Functions.ILike(c.Username!, part, "\\") || EF.Functions.ILike(c.Email!, part, "\\")
                || EF.Functions.ILike(c.WaId!, part, "\\"));
        }

        var rows = await customers.OrderBy(c => c.Id).Take(count).ToListAsync(cancellationToken);
        return rows.ConvertAll(CustomerDetails.Of);
    }

    /// <returns>Null if the business has no such customer.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not see customers.</exception>
    [RequiresPermission(Permissions.ViewCustomers)]
    public async Task<CustomerDetails?> FindAsync(Guid customerId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewCustomers, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == customerId, cancellationToken) is { } customer
            ? CustomerDetails.Of(customer)
            : null;
    }
}
