using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>What screens need to know of their business.</summary>
public sealed record BusinessFacts(string Name, TimeZoneInfo TimeZone);

/// <summary>What programs of the business may know of it.</summary>
/// <param name="TimeZone">An IANA name, such as <c>Asia/Beirut</c>.</param>
/// <param name="Locale">A BCP 47 tag, such as <c>ar-LB</c>.</param>
/// <param name="WhatsAppNumber">Digits without a plus; null while no number is connected.</param>
public sealed record BusinessDetails(
    Guid Id, string Name, string Slug, BusinessStatus Status, string TimeZone, string Locale, string? WhatsAppNumber,
    DateTimeOffset CreatedAt);

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

    [RequiresNoPermission("Whoever acts for the business may know which one it is.")]
    public async Task<BusinessDetails> DetailsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Businesses.Where(b => b.Id == tenant.BusinessId).Select(b => new BusinessDetails(
            b.Id, b.Name, b.Slug, b.Status, b.TimeZone, b.Locale, b.DisplayPhoneNumber, b.CreatedAt)).SingleAsync(cancellationToken);
    }
}
