using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// A side effect still to happen, written in the transaction that causes it and deleted when it has happened or has
/// failed for good.
/// </summary>
public sealed class OutboxEntry : TenantEntity
{
    public required OutboxKind Kind { get; init; }

    /// <summary>
    /// Entries of one lane happen one after another, in the order of their ids. Null: in any order. For
    /// <see cref="OutboxKind.CallWebhook"/> the webhook, of whose calls a few run side by side.
    /// </summary>
    public Guid? Lane { get; init; }

    /// <summary>The message to send, for <see cref="OutboxKind.SendMessage"/>.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>JSON that the kind defines.</summary>
    public string? Payload { get; init; }
    public int Attempts { get; set; }
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>A dispatcher works on it until then; later, that dispatcher is taken for dead.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>Set before the call and cleared by its answer. Still set afterwards, the answer was lost.</summary>
    public DateTimeOffset? CallStartedAt { get; set; }
    public string? LastError { get; set; }
}

/// <summary>An entry of <c>CallWebhook</c> has the id of its <see cref="OutgoingWebhookDelivery"/>.</summary>
public enum OutboxKind { SendMessage, MarkRead, CallWebhook }

internal sealed class OutboxEntryConfiguration : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> builder)
    {
        builder.ToTable("outbox").PlatformMay("select, update");
        builder.Property(o => o.Payload).HasColumnType("jsonb");
        builder.HasIndex(o => new { o.BusinessId, o.Lane, o.Id });
        builder.HasIndex(o => new { o.BusinessId, o.MessageId });
        // A webhook that does not answer may leave a long queue: WhatsApp's dispatcher is not to read through it, and the
        // webhooks' own reads it in the order in which calls are due.
        builder.HasIndex(o => new { o.BusinessId, o.Id }).HasFilter("kind in ('send_message', 'mark_read')");
        builder.HasIndex(o => new { o.BusinessId, o.Lane, o.DueAt }).HasFilter("kind = 'call_webhook'");
        // The dispatcher serves all businesses and asks what is due first.
        builder.HasIndex(o => o.DueAt);
        builder.HasOne<Message>().WithMany().HasForeignKey(o => new { o.BusinessId, o.MessageId });
    }
}
