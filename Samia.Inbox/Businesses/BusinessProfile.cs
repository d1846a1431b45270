using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>What screens need to know of their business.</summary>
public sealed record BusinessFacts(string Name, TimeZoneInfo TimeZone);

/// <summary>Reads the business of its scope, once.</summary>
[RequiresNoPermission("Every screen of the business needs its name and time zone.")]
public sealed class BusinessProfile(IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant)
{
    private BusinessFacts? _facts;

    public async Task<BusinessFacts> GetAsync(CancellationToken cancellationToken)
    {
        if (_facts is null)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var business = await db.Businesses.Where(b => b.Id == tenant.BusinessId)
                .Select(b => new { b.Name, b.TimeZone }).SingleAsync(cancellationToken);
            _facts = new BusinessFacts(business.Name, TimeZoneInfo.FindSystemTimeZoneById(business.TimeZone));
        }

        return _facts;
    }
}
