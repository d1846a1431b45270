using Microsoft.EntityFrameworkCore;
using PhoneNumbers;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Customers;

/// <summary>Looks customers up for screens.</summary>
public sealed class CustomerDirectory(IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions)
{
    /// <summary>
    /// How to name the customer to somebody who wants to call: the number in international form, else the username,
    /// else nothing.
    /// </summary>
    /// <exception cref="NotPermittedException">The employee may not see customers.</exception>
    [RequiresPermission(Permissions.ViewCustomers)]
    public async Task<string> ContactAsync(Guid customerId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewCustomers, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var customer = await db.Customers.Where(c => c.Id == customerId)
            .Select(c => new { c.WaId, c.Username }).SingleOrDefaultAsync(cancellationToken);
        return customer switch
        {
            { WaId: { } number } => Format(number),
            { Username: { } username } => "@" + username,
            _ => "",
        };
    }

    private static string Format(string waId)
    {
        try
        {
            var numbers = PhoneNumberUtil.GetInstance();
            return numbers.Format(numbers.Parse("+" + waId, null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return "+" + waId;
        }
    }
}
