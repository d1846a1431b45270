using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// The end of a business's activity log: how many rows there are and the hash of the last. Kept by the trigger that
/// numbers each row, so that rows missing at the end are found too.
/// </summary>
public sealed class ActivityChain : TenantEntity
{
    public required long Length { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class ActivityChainConfiguration : IEntityTypeConfiguration<ActivityChain>
{
    public void Configure(EntityTypeBuilder<ActivityChain> builder)
    {
        builder.ToTable("activity_chains").AppMay("select").PlatformMay("select");
        builder.HasIndex(c => c.BusinessId).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(c => c.BusinessId);
    }
}
