using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Samia.Data;

/// <summary>
/// The same tables as <c>samia_platform</c>: signs people in, routes webhooks to their business, keeps the key ring.
/// Use it only inside a named method that says what it is for.
/// </summary>
public sealed class PlatformDbContext(DbContextOptions<PlatformDbContext> options)
    : SamiaDbContext(options, new TenantContext()), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
}
