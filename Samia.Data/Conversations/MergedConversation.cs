using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// Where a conversation went that was merged into another, so that a text, a draft or a link that still names it finds
/// the one that goes on. <see cref="TenantEntity.Id"/> is the id of the conversation that is gone.
/// </summary>
public sealed class MergedConversation : TenantEntity
{
    /// <summary>Exists: when that one is merged too, this follows it.</summary>
    public required Guid IntoConversationId { get; set; }
}

internal sealed class MergedConversationConfiguration : IEntityTypeConfiguration<MergedConversation>
{
    public void Configure(EntityTypeBuilder<MergedConversation> builder)
    {
        builder.ToTable("merged_conversations");
        builder.HasIndex(m => new { m.BusinessId, m.IntoConversationId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => new { m.BusinessId, m.IntoConversationId });
    }
}
