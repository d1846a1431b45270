using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A webhook of the payment provider that was processed: the same id is never processed twice.</summary>
public sealed class BillingEvent
{
    /// <summary>The provider's own id, such as <c>evt_…</c>.</summary>
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class BillingEventConfiguration : IEntityTypeConfiguration<BillingEvent>
{
    public void Configure(EntityTypeBuilder<BillingEvent> builder)
    {
        builder.ToTable("billing_events").PlatformMay("select, insert");
        builder.Property(e => e.Id).HasMaxLength(255);
    }
}
