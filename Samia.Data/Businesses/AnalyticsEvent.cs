using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// Something that is counted. Append-only. The table is partitioned by month over the time in <see cref="TenantEntity.Id"/>,
/// so that the primary key stays the one of every tenant table; <see cref="AnalyticsPartitions"/> makes the partitions.
/// </summary>
public sealed class AnalyticsEvent : TenantEntity
{
    private AnalyticsEvent()
    {
    }

    /// <summary>Named <c>subject.verb</c>, such as <c>conversation.resolved</c>.</summary>
    public string Kind { get; private init; } = "";

    public DateTimeOffset At { get; private init; }

    /// <summary>The employee, team, label or service that it is counted for.</summary>
    public Guid? SubjectId { get; private init; }
    public Guid? ConversationId { get; private init; }

    /// <summary>What is summed up, such as seconds until a reply.</summary>
    public double? Amount { get; private init; }

    /// <summary>JSON; never a customer's words.</summary>
    public string? Details { get; private init; }

    /// <summary>The id is made of <paramref name="at"/>, which decides the partition.</summary>
    public static AnalyticsEvent Of(
        string kind, DateTimeOffset at, Guid? subjectId = null, Guid? conversationId = null, double? amount = null, string? details = null) =>
        new()
        {
            Id = Guid.CreateVersion7(at), Kind = kind, At = at, SubjectId = subjectId, ConversationId = conversationId,
            Amount = amount, Details = details,
        };
}

internal sealed class AnalyticsEventConfiguration : IEntityTypeConfiguration<AnalyticsEvent>
{
    public void Configure(EntityTypeBuilder<AnalyticsEvent> builder)
    {
        builder.ToTable("analytics_events").AppMay("select, insert").PlatformMay("select");
        builder.Property(e => e.Kind).HasMaxLength(60);
        builder.Property(e => e.Details).HasColumnType("jsonb");
        builder.HasIndex(e => new { e.BusinessId, e.Kind, e.At });
        builder.HasOne<Business>().WithMany().HasForeignKey(e => e.BusinessId);
    }
}
