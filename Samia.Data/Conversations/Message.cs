using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>One bubble of a conversation. Its id orders the thread: see <see cref="MessageIds"/>.</summary>
public sealed class Message : TenantEntity
{
    public required Guid ConversationId { get; set; }
    public required MessageDirection Direction { get; init; }
    public required MessageAuthor Author { get; init; }

    /// <summary>The employee who wrote it, where <see cref="Author"/> says so.</summary>
    public Guid? EmployeeId { get; init; }
    public required MessageKind Kind { get; set; }

    /// <summary>The text, caption or a line that stands for the content; empty where there is none.</summary>
    public string Body { get; set; } = "";

    /// <summary>The message object of the Cloud API, as received or as to be sent.</summary>
    public string? Payload { get; set; }

    /// <summary>WhatsApp's id; null until it has accepted what we send.</summary>
    public string? Wamid { get; set; }
    public string? ReplyToWamid { get; set; }
    public MessageStatus Status { get; set; }

    /// <summary>When the customer wrote it, by WhatsApp's clock in whole seconds, or when an employee pressed send.</summary>
    public required DateTimeOffset SentAt { get; init; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>The Cloud API's error code of a failed message.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>A sentence for people: why it failed.</summary>
    public string? ErrorText { get; set; }

    /// <summary>From the composer: the same key never makes two messages.</summary>
    public Guid? IdempotencyKey { get; init; }

    public string? CustomerReaction { get; set; }
    public DateTimeOffset? CustomerReactedAt { get; set; }
    public string? BusinessReaction { get; set; }
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>JSON array of what the message said before each edit: <c>{wamid, at, body, payload}</c>.</summary>
    public string? Versions { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

public enum MessageDirection { Inbound, Outbound }

/// <summary><c>Api</c>: a program of the business, through the REST API. <c>PhoneApp</c>: the owner answered from WhatsApp's own app. <c>System</c>: WhatsApp itself speaks.</summary>
public enum MessageAuthor { Customer, Employee, Assistant, Api, PhoneApp, System }

public enum MessageKind
{
    Text, Image, Video, Audio, Voice, Sticker, Document, Location, Contacts, Interactive, Button, Order, Template,
    System, Unsupported,
}

/// <summary>Inbound messages are <c>Received</c>. The order of the others is in <see cref="MessageStatusOrder"/>.</summary>
public enum MessageStatus { Received, Queued, Sent, Failed, Delivered, Read, Played }

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        builder.ToTable("messages");
        builder.Property(m => m.Payload).HasColumnType("jsonb");
        builder.Property(m => m.Versions).HasColumnType("jsonb");
        builder.HasIndex(m => new { m.BusinessId, m.ConversationId, m.Id });
        builder.HasIndex(m => new { m.BusinessId, m.Wamid }).IsUnique().HasFilter("wamid is not null");
        builder.HasIndex(m => new { m.BusinessId, m.IdempotencyKey }).IsUnique().HasFilter("idempotency_key is not null");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => new { m.BusinessId, m.ConversationId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(m => new { m.BusinessId, m.EmployeeId });
    }
}
