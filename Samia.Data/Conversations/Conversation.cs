using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// Everything said with one customer. It carries what the inbox's list shows, kept up to date in the transaction that
/// adds a message, so that a page of the list is one index range scan of one table.
/// </summary>
public sealed class Conversation : TenantEntity
{
    public required Guid CustomerId { get; set; }
    public required string CustomerName { get; set; }
    public ConversationMode Mode { get; set; } = ConversationMode.Human;
    public ConversationStatus Status { get; set; }
    public DateTimeOffset? SnoozedUntil { get; set; }
    public Guid? AssigneeId { get; set; }
    public Guid? TeamId { get; set; }
    public ConversationPriority Priority { get; set; } = ConversationPriority.Normal;

    /// <summary>Messages of the customer that nobody has opened.</summary>
    public int UnreadCount { get; set; }

    public Guid? LastMessageId { get; set; }
    public string LastMessagePreview { get; set; } = "";
    public MessageKind? LastMessageKind { get; set; }
    public MessageDirection? LastMessageDirection { get; set; }
    public MessageStatus? LastMessageStatus { get; set; }

    /// <summary>Orders the list. A message that arrives late still counts as activity now.</summary>
    public required DateTimeOffset LastActivityAt { get; set; }

    /// <summary>Since when the customer waits for an answer; null when the last word was ours.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>Until when free-form messages may be sent: 24 hours after the customer's last, 72 after an ad.</summary>
    public DateTimeOffset? WindowClosesAt { get; set; }

    /// <summary>The newest message of the customer that WhatsApp has not been told is read.</summary>
    public string? UnreadWamid { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public enum ConversationMode { Ai, Human }

public enum ConversationStatus { Open, Pending, Snoozed, Resolved }

public enum ConversationPriority { Low, Normal, High, Urgent }

internal sealed class ConversationConfiguration : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversations");
        builder.HasIndex(c => new { c.BusinessId, c.CustomerId }).IsUnique();
        builder.HasIndex(c => new { c.BusinessId, c.Status, c.LastActivityAt, c.Id })
            .IsDescending(false, false, true, true);
        builder.HasIndex(c => new { c.BusinessId, c.AssigneeId, c.Status, c.LastActivityAt, c.Id })
            .IsDescending(false, false, false, true, true);
        // Whoever sees only what is theirs reads the list of each of their teams.
        builder.HasIndex(c => new { c.BusinessId, c.TeamId, c.Status, c.LastActivityAt, c.Id })
            .IsDescending(false, false, false, true, true).HasFilter("team_id is not null");
        builder.HasOne<Customer>().WithMany().HasForeignKey(c => new { c.BusinessId, c.CustomerId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(c => new { c.BusinessId, c.AssigneeId });
        builder.HasOne<EmployeeTeam>().WithMany().HasForeignKey(c => new { c.BusinessId, c.TeamId });
    }
}
