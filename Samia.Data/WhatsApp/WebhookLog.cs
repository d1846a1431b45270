using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// A webhook body as received, before anything was made of it. A body that names no known number has
/// <see cref="Unrouted"/> in place of a business, so only <c>samia_platform</c> sees it.
/// </summary>
public sealed class WebhookLog : TenantEntity
{
    /// <summary>Not a business, and no tenant setting can name it: the nil UUID.</summary>
    public static readonly Guid Unrouted = Guid.Empty;

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The bytes that Meta sent (or, where one body held several businesses, this business's changes).</summary>
    public required byte[] Body { get; init; }
    public WebhookLogStatus Status { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? NextAttemptAt { get; set; }
    public string? LastError { get; set; }
    public DateTimeOffset? ProcessedAt { get; set; }
}

/// <summary><c>Dead</c>: gave up after a bounded number of attempts; an admin may retry it.</summary>
public enum WebhookLogStatus { Pending, Done, Dead, Unrouted }

internal sealed class WebhookLogConfiguration : IEntityTypeConfiguration<WebhookLog>
{
    public void Configure(EntityTypeBuilder<WebhookLog> builder)
    {
        builder.ToTable("webhook_logs").AppMay("select, update").PlatformMay("select, insert, update");
        builder.HasIndex(w => new { w.BusinessId, w.Id }, "Pending").HasFilter("status = 'pending'")
            .HasDatabaseName("ix_webhook_logs_pending");
        builder.HasIndex(w => new { w.BusinessId, w.Id }, "Dead").HasFilter("status = 'dead'")
            .HasDatabaseName("ix_webhook_logs_dead");
    }
}
