using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Something that a business's admins must see to, until one of them says that they did.</summary>
public sealed class AdminNotification : TenantEntity
{
    public required AdminNotificationSeverity Severity { get; init; }

    /// <summary>Named <c>subject.verb</c>, such as <c>usage.warning</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON that the kind defines.</summary>
    public string? Details { get; init; }

    /// <summary>The same thing is told once while nobody has acknowledged it.</summary>
    public required string DedupKey { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public Guid? AcknowledgedById { get; set; }
}

public enum AdminNotificationSeverity { Info, Warning, Critical }

internal sealed class AdminNotificationConfiguration : IEntityTypeConfiguration<AdminNotification>
{
    public void Configure(EntityTypeBuilder<AdminNotification> builder)
    {
        builder.ToTable("admin_notifications", t => t.HasCheckConstraint("ck_admin_notifications_acknowledged",
            "acknowledged_by_id is null or acknowledged_at is not null")).PlatformMay("select, insert");
        builder.Property(n => n.Kind).HasMaxLength(60);
        builder.Property(n => n.DedupKey).HasMaxLength(200);
        builder.Property(n => n.Details).HasColumnType("jsonb");
        builder.HasIndex(n => new { n.BusinessId, n.DedupKey }).IsUnique().HasFilter("acknowledged_at is null");
        builder.HasIndex(n => new { n.BusinessId, n.Id }).IsDescending(false, true);
        builder.HasOne<Business>().WithMany().HasForeignKey(n => n.BusinessId);
        builder.HasOne<Employee>().WithMany().HasForeignKey(n => new { n.BusinessId, n.AcknowledgedById });
    }
}
