using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Platform;

internal static class BusinessRows
{
    /// <summary>Reads a business and keeps everybody else from changing it until the transaction ends.</summary>
    /// <exception cref="PlatformException">There is no such business.</exception>
    public static async Task<Business> LockBusinessAsync(
        this PlatformDbContext db, Guid businessId, IStringLocalizer<Texts> texts, CancellationToken cancellationToken) =>
        await db.Businesses.FromSql($"select * from businesses where id = {businessId} for no key update")
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw new PlatformException(texts["There is no such business any more."]);
}

/// <summary>The operator cannot do this. The message is for people.</summary>
public sealed class PlatformException(string message) : Exception(message);
