using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// Who did what to which thing, from where. Append-only: <c>samia_app</c> may neither change nor delete a row, and each
/// row holds the hash of the one before it in its business (see <see cref="ActivityChainSql"/>).
/// </summary>
public sealed class ActivityLog : TenantEntity
{
    public required DateTimeOffset At { get; init; }

    /// <summary>Left as it is, this and the three below are filled from <see cref="TenantContext"/> when the row is saved.</summary>
    public ActorKind ActorKind { get; set; }

    /// <summary>The employee who acted; null for everybody else.</summary>
    public Guid? EmployeeId { get; set; }

    /// <summary>The API token or support visit through which somebody acted, or the platform employee who did.</summary>
    public Guid? ActorId { get; set; }

    /// <summary>The address that it came from; null for the product itself.</summary>
    public string? IpAddress { get; set; }

    /// <summary>Named <c>subject.verb</c>, such as <c>conversation.assigned</c>.</summary>
    public required string Action { get; init; }
    public Guid? SubjectId { get; init; }

    /// <summary>What the subject was called then, for people to read.</summary>
    public string? SubjectName { get; init; }

    /// <summary>JSON of what was and what is; never a customer's words or a secret.</summary>
    public string? Before { get; init; }
    public string? After { get; init; }

    /// <summary>JSON of anything else that matters; never a customer's words or a secret.</summary>
    public string? Details { get; init; }

    /// <summary>Counts from 1 within the business. This and the hashes are the database's to set.</summary>
    public long Sequence { get; private init; }
    public byte[]? PreviousHash { get; private init; }
    public byte[]? Hash { get; private init; }
}

internal sealed class ActivityLogConfiguration : IEntityTypeConfiguration<ActivityLog>
{
    public void Configure(EntityTypeBuilder<ActivityLog> builder)
    {
        builder.ToTable("activity_logs").AppMay("select, insert").PlatformMay("select, insert");
        builder.Property(a => a.Before).HasColumnType("jsonb");
        builder.Property(a => a.After).HasColumnType("jsonb");
        builder.Property(a => a.Details).HasColumnType("jsonb");
        builder.Property(a => a.Action).HasMaxLength(60);
        builder.Property(a => a.SubjectName).HasMaxLength(200);
        builder.Property(a => a.IpAddress).HasMaxLength(45);
        builder.Property(a => a.Sequence).ValueGeneratedOnAdd().HasDefaultValue(0L);
        builder.Property(a => a.PreviousHash).ValueGeneratedOnAdd();
        builder.Property(a => a.Hash).ValueGeneratedOnAdd();
        builder.HasIndex(a => new { a.BusinessId, a.Sequence }).IsUnique().IsDescending(false, true);
        builder.HasIndex(a => new { a.BusinessId, a.SubjectId, a.Sequence }).IsDescending(false, false, true);
        builder.HasIndex(a => new { a.BusinessId, a.EmployeeId, a.Sequence }).IsDescending(false, false, true);
        builder.HasIndex(a => new { a.BusinessId, a.Action, a.Sequence }).IsDescending(false, false, true);
        builder.HasOne<Business>().WithMany().HasForeignKey(a => a.BusinessId);
    }
}
