using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>An address of the business's own that is told what happens.</summary>
public sealed class OutgoingWebhook : TenantEntity
{
    public required string Url { get; set; }

    /// <summary>Signs each delivery; encrypted.</summary>
    public required string Secret { get; set; }

    /// <summary>Such as <c>message.created</c>.</summary>
    public required string[] Events { get; set; }
    public bool IsActive { get; set; } = true;

    /// <summary>Why Samia stopped calling it, as a sentence; null while it is called.</summary>
    public string? StoppedReason { get; set; }

    /// <summary>Deliveries that were given up since one last arrived.</summary>
    public int FailuresInARow { get; set; }
    public Guid? CreatedById { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>One event for one address, and how its delivery went.</summary>
public sealed class OutgoingWebhookDelivery : TenantEntity
{
    public required Guid OutgoingWebhookId { get; init; }
    public required string Event { get; init; }

    /// <summary>The body, byte for byte as it is signed.</summary>
    public required string Body { get; init; }
    public WebhookDeliveryState State { get; set; }
    public int Attempts { get; set; }
    public int? ResponseStatus { get; set; }

    /// <summary>The beginning of the answer.</summary>
    public string? ResponseBody { get; set; }

    /// <summary>The name of why there was no answer; null if there was one.</summary>
    public string? Error { get; set; }
    public TimeSpan? Took { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
}

public enum WebhookDeliveryState { Pending, Delivered, Failed }

internal sealed class OutgoingWebhookConfiguration : IEntityTypeConfiguration<OutgoingWebhook>
{
    public void Configure(EntityTypeBuilder<OutgoingWebhook> builder)
    {
        builder.ToTable("outgoing_webhooks", t =>
        {
            t.HasCheckConstraint("ck_outgoing_webhooks_url", "url ~ '^https?://'");
            t.HasCheckConstraint("ck_outgoing_webhooks_failures_in_a_row", "failures_in_a_row >= 0");
        }).PlatformMay("select (business_id, id, is_active)");
        builder.Property(w => w.Url).HasMaxLength(2000);
        builder.Property(w => w.Secret).IsSecret();
        builder.HasIndex(w => new { w.BusinessId, w.CreatedAt });
        builder.HasOne<Business>().WithMany().HasForeignKey(w => w.BusinessId);
        builder.HasOne<Employee>().WithMany().HasForeignKey(w => new { w.BusinessId, w.CreatedById });
    }
}

internal sealed class OutgoingWebhookDeliveryConfiguration : IEntityTypeConfiguration<OutgoingWebhookDelivery>
{
    public void Configure(EntityTypeBuilder<OutgoingWebhookDelivery> builder)
    {
        builder.ToTable("outgoing_webhook_deliveries");
        builder.Property(d => d.Event).HasMaxLength(60);
        builder.HasIndex(d => new { d.BusinessId, d.OutgoingWebhookId, d.Id }).IsDescending(false, false, true);
        // What went wrong stands among very much that did not.
        builder.HasIndex(d => new { d.BusinessId, d.OutgoingWebhookId, d.Id }, "undelivered")
            .IsDescending(false, false, true).HasFilter("state <> 'delivered'").HasDatabaseName("ix_outgoing_webhook_deliveries_undelivered");
        builder.HasOne<OutgoingWebhook>().WithMany().HasForeignKey(d => new { d.BusinessId, d.OutgoingWebhookId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
