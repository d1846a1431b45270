using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Who did what to which thing. Append-only: <c>samia_app</c> may neither change nor delete a row.</summary>
public sealed class ActivityLog : TenantEntity
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Null when the product or the platform acted.</summary>
    public Guid? EmployeeId { get; init; }

    /// <summary>Named <c>subject.verb</c>, such as <c>conversation.assigned</c>.</summary>
    public required string Action { get; init; }
    public Guid? SubjectId { get; init; }

    /// <summary>JSON; never a customer's words or a secret.</summary>
    public string? Details { get; init; }
}

internal sealed class ActivityLogConfiguration : IEntityTypeConfiguration<ActivityLog>
{
    public void Configure(EntityTypeBuilder<ActivityLog> builder)
    {
        builder.ToTable("activity_logs").AppMay("select, insert").PlatformMay("select, insert");
        builder.Property(a => a.Details).HasColumnType("jsonb");
        builder.HasOne<Business>().WithMany().HasForeignKey(a => a.BusinessId);
    }
}
