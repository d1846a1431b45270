using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>How much of one thing a business has used in one billing month.</summary>
public sealed class UsageCounter : TenantEntity
{
    /// <summary>
    /// In place of a month for <see cref="UsageMetric.StorageBytes"/>, which begins with no month anew: this row holds what is
    /// stored now, and the rows of months what it was at their ends.
    /// </summary>
    public static readonly DateOnly Total = new(2000, 1, 1);

    public required UsageMetric Metric { get; init; }

    /// <summary>The month's first day in the business's time zone, or <see cref="Total"/>.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>In the metric's own unit.</summary>
    public long Used { get; set; }

    /// <summary>When admins were told that most of the limit is used; null again when a larger plan leaves more room.</summary>
    public DateTimeOffset? WarnedAt { get; set; }
}

/// <summary>Conversations, replies, seconds, bytes.</summary>
public enum UsageMetric { Conversations, AiReplies, TranscriptionSeconds, StorageBytes }

internal sealed class UsageCounterConfiguration : IEntityTypeConfiguration<UsageCounter>
{
    public void Configure(EntityTypeBuilder<UsageCounter> builder)
    {
        builder.ToTable("usage_counters", t =>
            {
                t.HasCheckConstraint("ck_usage_counters_used", "used >= 0");
                t.HasCheckConstraint("ck_usage_counters_month", "extract(day from month) = 1");
            });
        builder.HasIndex(c => new { c.BusinessId, c.Metric, c.Month }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(c => c.BusinessId);
    }
}
