using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A message that WhatsApp approved beforehand, as last synced from the Cloud API.</summary>
public sealed class MessageTemplate : TenantEntity
{
    public required string WhatsAppId { get; init; }
    public required string Name { get; init; }

    /// <summary>WhatsApp's own language code, such as <c>en_US</c>.</summary>
    public required string Language { get; init; }
    public required MessageTemplateCategory Category { get; set; }

    /// <summary>WhatsApp's own word in lower case, such as <c>approved</c>: it adds words over time.</summary>
    public required string Status { get; set; }
    public string? RejectedReason { get; set; }

    /// <summary>The components of the Cloud API, as received.</summary>
    public required string Components { get; set; }
    public required DateTimeOffset SyncedAt { get; set; }
}

public enum MessageTemplateCategory { Marketing, Utility, Authentication }

internal sealed class MessageTemplateConfiguration : IEntityTypeConfiguration<MessageTemplate>
{
    public void Configure(EntityTypeBuilder<MessageTemplate> builder)
    {
        builder.ToTable("message_templates");
        builder.Property(t => t.Name).HasMaxLength(512);
        builder.Property(t => t.Language).HasMaxLength(15);
        builder.Property(t => t.Status).HasMaxLength(40);
        builder.Property(t => t.Components).HasColumnType("jsonb");
        builder.HasIndex(t => new { t.BusinessId, t.Name, t.Language }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(t => t.BusinessId);
    }
}
