using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>What one employee has typed but not sent, so that a lost circuit or another device loses nothing.</summary>
public sealed class ConversationDraft : TenantEntity
{
    public required Guid ConversationId { get; set; }
    public required Guid EmployeeId { get; init; }
    public required string Body { get; set; }

    /// <summary>Becomes the message's key, so that a send repeated after a lost connection makes one message.</summary>
    public required Guid IdempotencyKey { get; set; }
    public required DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class ConversationDraftConfiguration : IEntityTypeConfiguration<ConversationDraft>
{
    public void Configure(EntityTypeBuilder<ConversationDraft> builder)
    {
        builder.ToTable("conversation_drafts");
        builder.HasIndex(d => new { d.BusinessId, d.ConversationId, d.EmployeeId }).IsUnique();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(d => new { d.BusinessId, d.ConversationId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(d => new { d.BusinessId, d.EmployeeId });
    }
}
