using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A note among colleagues in a thread; never sent. Its id comes from <see cref="MessageIds"/>.</summary>
public sealed class InternalNote : TenantEntity
{
    public required Guid ConversationId { get; set; }

    /// <summary>Who wrote it; null if a program did, by an API token.</summary>
    public required Guid? EmployeeId { get; init; }
    public required string Body { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From the composer: the same key never makes two notes.</summary>
    public required Guid IdempotencyKey { get; init; }
}

internal sealed class InternalNoteConfiguration : IEntityTypeConfiguration<InternalNote>
{
    public void Configure(EntityTypeBuilder<InternalNote> builder)
    {
        builder.ToTable("internal_notes");
        builder.HasIndex(n => new { n.BusinessId, n.ConversationId, n.Id });
        builder.HasIndex(n => new { n.BusinessId, n.IdempotencyKey }).IsUnique();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(n => new { n.BusinessId, n.ConversationId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(n => new { n.BusinessId, n.EmployeeId });
    }
}
