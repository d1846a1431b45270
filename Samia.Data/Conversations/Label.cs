using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A word by which conversations are sorted.</summary>
public sealed class Label : TenantEntity
{
    public required string Name { get; set; }

    /// <summary>As <c>#rrggbb</c>.</summary>
    public required string Color { get; set; }
    public string Description { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A label on a conversation.</summary>
public sealed class ConversationLabel : TenantEntity
{
    public required Guid ConversationId { get; set; }
    public required Guid LabelId { get; init; }
}

internal sealed class LabelConfiguration : IEntityTypeConfiguration<Label>
{
    public void Configure(EntityTypeBuilder<Label> builder)
    {
        builder.ToTable("labels", t =>
        {
            t.HasCheckConstraint("ck_labels_name", "length(btrim(name)) > 0");
            t.HasCheckConstraint("ck_labels_color", "color ~ '^#[0-9a-f]{6}$'");
        });
        builder.Property(l => l.Name).HasMaxLength(60);
        builder.Property(l => l.Color).HasMaxLength(7);
        builder.Property(l => l.Description).HasMaxLength(300);
        builder.HasIndex(l => new { l.BusinessId, l.Name }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(l => l.BusinessId);
    }
}

internal sealed class ConversationLabelConfiguration : IEntityTypeConfiguration<ConversationLabel>
{
    public void Configure(EntityTypeBuilder<ConversationLabel> builder)
    {
        builder.ToTable("conversation_labels");
        builder.HasIndex(l => new { l.BusinessId, l.ConversationId, l.LabelId }).IsUnique();
        builder.HasIndex(l => new { l.BusinessId, l.LabelId, l.ConversationId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(l => new { l.BusinessId, l.ConversationId });
        builder.HasOne<Label>().WithMany().HasForeignKey(l => new { l.BusinessId, l.LabelId }).OnDelete(DeleteBehavior.Cascade);
    }
}
