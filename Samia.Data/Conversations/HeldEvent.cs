using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A status, reaction, edit or revoke that arrived before the message it refers to.</summary>
public sealed class HeldEvent : TenantEntity
{
    /// <summary>The wamid of the message that it waits for.</summary>
    public required string TargetWamid { get; init; }

    /// <summary>Says twice-delivered events apart: the event's own wamid, or the status and its time.</summary>
    public required string DedupKey { get; init; }

    /// <summary>JSON of the event as it was understood.</summary>
    public required string Payload { get; init; }
    public required HeldEventKind Kind { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

public enum HeldEventKind { Revision, Status }

internal sealed class HeldEventConfiguration : IEntityTypeConfiguration<HeldEvent>
{
    public void Configure(EntityTypeBuilder<HeldEvent> builder)
    {
        builder.ToTable("held_events");
        builder.Property(h => h.Payload).HasColumnType("jsonb");
        builder.HasIndex(h => new { h.BusinessId, h.TargetWamid, h.DedupKey }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(h => h.BusinessId);
    }
}
