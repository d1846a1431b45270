using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// How many messages a business exchanged in one day, counted in the background and not as they come, so that the
/// operator's list of all businesses never counts messages.
/// </summary>
public sealed class BusinessDay : TenantEntity
{
    /// <summary>In UTC.</summary>
    public required DateOnly Day { get; init; }
    public required long Messages { get; set; }
}

internal sealed class BusinessDayConfiguration : IEntityTypeConfiguration<BusinessDay>
{
    public void Configure(EntityTypeBuilder<BusinessDay> builder)
    {
        builder.ToTable("business_days", t => t.HasCheckConstraint("ck_business_days_messages", "messages >= 0"))
            .PlatformMay("select");
        builder.HasIndex(d => new { d.BusinessId, d.Day }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(d => d.BusinessId);
    }
}
