using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A platform employee acts within a business, for a reason and for a limited time. The business sees it.</summary>
public sealed class SupportVisit : TenantEntity
{
    public required Guid PlatformEmployeeId { get; init; }

    /// <summary>As the business's admins read it.</summary>
    public required string VisitorName { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When the visitor left; null while they are there or if the time ran out.</summary>
    public DateTimeOffset? LeftAt { get; set; }
}

internal sealed class SupportVisitConfiguration : IEntityTypeConfiguration<SupportVisit>
{
    public void Configure(EntityTypeBuilder<SupportVisit> builder)
    {
        builder.ToTable("support_visits", t =>
            {
                t.HasCheckConstraint("ck_support_visits_time", "ends_at > started_at and ends_at <= started_at + interval '8 hours'");
                t.HasCheckConstraint("ck_support_visits_reason", "length(btrim(reason)) >= 10");
            })
            .AppMay("select").PlatformMay("select, insert, update");
        builder.HasIndex(v => new { v.BusinessId, v.StartedAt });
        builder.HasOne<Business>().WithMany().HasForeignKey(v => v.BusinessId);
        builder.HasOne<PlatformEmployee>().WithMany().HasForeignKey(v => v.PlatformEmployeeId);
    }
}
