using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>One change of a conversation's assignee; null means nobody.</summary>
public sealed class ConversationAssignment : TenantEntity
{
    public required Guid ConversationId { get; set; }
    public Guid? FromEmployeeId { get; init; }
    public Guid? ToEmployeeId { get; init; }
    public Guid? ByEmployeeId { get; init; }
    public required DateTimeOffset AssignedAt { get; init; }
}

internal sealed class ConversationAssignmentConfiguration : IEntityTypeConfiguration<ConversationAssignment>
{
    public void Configure(EntityTypeBuilder<ConversationAssignment> builder)
    {
        builder.ToTable("conversation_assignments");
        builder.HasIndex(a => new { a.BusinessId, a.ConversationId, a.Id });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(a => new { a.BusinessId, a.ConversationId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(a => new { a.BusinessId, a.FromEmployeeId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(a => new { a.BusinessId, a.ToEmployeeId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(a => new { a.BusinessId, a.ByEmployeeId });
    }
}
