using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// A platform employee acts within a business, for a reason and for a limited time. The business sees it, and its
/// admins may end it.
/// </summary>
public sealed class SupportVisit : TenantEntity
{
    /// <summary>Null for a visit in another installation, from which the business was brought here.</summary>
    public required Guid? PlatformEmployeeId { get; init; }

    /// <summary>As the business's admins read it.</summary>
    public required string VisitorName { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the time runs out.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was over; null while the visitor may be there, which is never after <see cref="EndsAt"/>.</summary>
    public DateTimeOffset? LeftAt { get; set; }
    public SupportVisitEnding? Ending { get; set; }

    /// <summary>The employee who ended it, where one did.</summary>
    public Guid? EndedById { get; set; }
}

/// <summary><c>Left</c>: the visitor went. <c>SentAway</c>: an employee ended it. <c>RanOut</c>: its time was over.</summary>
public enum SupportVisitEnding { Left, SentAway, RanOut }

internal sealed class SupportVisitConfiguration : IEntityTypeConfiguration<SupportVisit>
{
    public void Configure(EntityTypeBuilder<SupportVisit> builder)
    {
        builder.ToTable("support_visits", t =>
            {
                t.HasCheckConstraint("ck_support_visits_time", "ends_at > started_at and ends_at <= started_at + interval '8 hours'");
                t.HasCheckConstraint("ck_support_visits_reason", "length(btrim(reason)) >= 10");
                t.HasCheckConstraint("ck_support_visits_left", "num_nonnulls(left_at, ending) <> 1");
            })
            .AppMay("select, update (left_at, ending, ended_by_id)").PlatformMay("select, insert, update");
        builder.Property(v => v.VisitorName).HasMaxLength(120);
        builder.Property(v => v.Reason).HasMaxLength(300);
        builder.HasIndex(v => new { v.BusinessId, v.StartedAt });
        // One look finds the visits of all businesses whose time ran out.
        builder.HasIndex(v => v.EndsAt).HasFilter("left_at is null");
        builder.HasOne<Business>().WithMany().HasForeignKey(v => v.BusinessId);
        builder.HasOne<PlatformEmployee>().WithMany().HasForeignKey(v => v.PlatformEmployeeId);
        builder.HasOne<Employee>().WithMany().HasForeignKey(v => new { v.BusinessId, v.EndedById });
    }
}
