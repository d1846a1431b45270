using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Something that one employee should know of.</summary>
public sealed class Notification : TenantEntity
{
    public required Guid EmployeeId { get; init; }
    public required NotificationKind Kind { get; init; }
    public NotificationPriority Priority { get; init; } = NotificationPriority.Normal;

    /// <summary>What it is about: a conversation, a booking, …</summary>
    public Guid? SubjectId { get; init; }
    public Guid? ConversationId { get; set; }

    /// <summary>Notifications of one key are shown as one, with a count.</summary>
    public required string GroupingKey { get; init; }

    /// <summary>JSON that the kind defines; never a customer's words.</summary>
    public string? Details { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
}

public enum NotificationKind { NewMessage, Assigned, Mentioned, HandoffNeeded, SendingFailed, Overdue, Booking, System }

public enum NotificationPriority { Low, Normal, High, Urgent }

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("notifications");
        builder.Property(n => n.GroupingKey).HasMaxLength(200);
        builder.Property(n => n.Details).HasColumnType("jsonb");
        builder.HasIndex(n => new { n.BusinessId, n.EmployeeId, n.Id }).IsDescending(false, false, true);
        builder.HasIndex(n => new { n.BusinessId, n.EmployeeId, n.GroupingKey }).HasFilter("read_at is null");
        builder.HasOne<Employee>().WithMany().HasForeignKey(n => new { n.BusinessId, n.EmployeeId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(n => new { n.BusinessId, n.ConversationId });
    }
}
