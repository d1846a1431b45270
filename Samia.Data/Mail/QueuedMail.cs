using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// An e-mail still to be sent; deleted when it has been, or was given up. It belongs to a person and not to a business,
/// so only the platform sees it.
/// </summary>
public sealed class QueuedMail
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string ToAddress { get; init; }

    /// <summary>Subject, text and link, encrypted for this row: who has such a link can sign in with it.</summary>
    public required string Content { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Tries begun so far.</summary>
    public int Attempts { get; set; }

    /// <summary>A dispatcher works on it until then; later, that dispatcher is taken for dead.</summary>
    public DateTimeOffset? ClaimedUntil { get; set; }

    /// <summary>For operators; never holds what the mail says.</summary>
    public string? LastError { get; set; }
}

internal sealed class QueuedMailConfiguration : IEntityTypeConfiguration<QueuedMail>
{
    public void Configure(EntityTypeBuilder<QueuedMail> builder)
    {
        builder.ToTable("mails").PlatformMay("select, insert, update, delete");
        builder.Property(m => m.ToAddress).HasMaxLength(320);
        builder.Property(m => m.LastError).HasMaxLength(500);
        // The dispatcher serves everybody and asks what is due first.
        builder.HasIndex(m => m.DueAt);
    }
}
