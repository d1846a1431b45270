using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Samia.Data;

namespace Samia.Inbox.Businesses;

/// <summary>A calendar month as a business's clock has it.</summary>
/// <param name="First">Its first day.</param>
/// <param name="Zone">The business's.</param>
public sealed record BillingMonth(DateOnly First, TimeZoneInfo Zone)
{
    public static BillingMonth Of(DateTimeOffset at, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(at, zone);
        return new(new DateOnly(day.Year, day.Month, 1), zone);
    }

    /// <summary>When the next one begins.</summary>
    public DateTimeOffset EndsAt => BusinessDays.StartOf(First.AddMonths(1), Zone);

    /// <summary>Whether the moment was before this month began.</summary>
    public bool IsAfter(DateTimeOffset at) => Of(at, Zone).First < First;
}

/// <summary>
/// Says which billing month it is for a business. Every message of a customer asks, so a time zone is believed for a
/// minute and costs no statement.
/// </summary>
public sealed class BillingMonths(IMemoryCache zones, TimeProvider time)
{
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(1);

    /// <param name="db">Of the business.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public Task<BillingMonth> CurrentAsync(SamiaDbContext db, CancellationToken cancellationToken) =>
        OfAsync(db, time.GetUtcNow(), cancellationToken);

    /// <summary>The month of another moment.</summary>
    public async Task<BillingMonth> OfAsync(SamiaDbContext db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var businessId = db.Tenant.BusinessId;
        var zone = await zones.GetOrCreateAsync((typeof(BillingMonths), businessId), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Believed;
            return TimeZoneInfo.FindSystemTimeZoneById(await db.Businesses.Where(b => b.Id == businessId)
                .Select(b => b.TimeZone).SingleAsync(cancellationToken));
        });
        return BillingMonth.Of(at, zone!);
    }
}
