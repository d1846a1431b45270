using Microsoft.EntityFrameworkCore;

namespace Samia.Data;

/// <summary>Opens contexts for the business of its scope, and none before a business was entered.</summary>
internal sealed class TenantDbContextFactory(DbContextOptions<SamiaDbContext> options, TenantContext tenant)
    : IDbContextFactory<SamiaDbContext>
{
    public SamiaDbContext CreateDbContext() =>
        tenant.HasBusiness ? new SamiaDbContext(options, tenant) : throw new NoTenantException();
}
