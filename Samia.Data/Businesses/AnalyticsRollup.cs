using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>The analytics events of one hour or day, counted and summed, so that a chart reads few rows.</summary>
public sealed class AnalyticsRollup : TenantEntity
{
    public required AnalyticsSpan Span { get; init; }

    /// <summary>Its first moment: of an hour in UTC, of a day in the business's time zone.</summary>
    public required DateTimeOffset StartsAt { get; init; }
    public required string Kind { get; init; }
    public Guid? SubjectId { get; init; }
    public required long Count { get; set; }
    public required double Total { get; set; }
}

public enum AnalyticsSpan { Hour, Day }

internal sealed class AnalyticsRollupConfiguration : IEntityTypeConfiguration<AnalyticsRollup>
{
    public void Configure(EntityTypeBuilder<AnalyticsRollup> builder)
    {
        builder.ToTable("analytics_rollups", t => t.HasCheckConstraint("ck_analytics_rollups_count", "count >= 0"));
        builder.Property(r => r.Kind).HasMaxLength(60);
        builder.HasIndex(r => new { r.BusinessId, r.Span, r.Kind, r.StartsAt, r.SubjectId }).IsUnique().AreNullsDistinct(false);
        builder.HasOne<Business>().WithMany().HasForeignKey(r => r.BusinessId);
    }
}
