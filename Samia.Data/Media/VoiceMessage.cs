using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>What is known of a voice note beyond its file: how it looks, and what was said.</summary>
public sealed class VoiceMessage : TenantEntity
{
    public required Guid MessageId { get; init; }
    public required Guid MediaFileId { get; init; }
    public TimeSpan? Duration { get; set; }

    /// <summary>Loudness from 0 to 255, evenly over the duration.</summary>
    public byte[]? Waveform { get; set; }
    public TranscriptState State { get; set; }
    public string? Transcript { get; set; }

    /// <summary>A BCP 47 tag: the language that was recognized.</summary>
    public string? Language { get; set; }

    /// <summary>From 0 to 1, as the provider says.</summary>
    public double? Confidence { get; set; }

    /// <summary>The provider's id of the running recognition.</summary>
    public string? ProviderOperation { get; set; }

    /// <summary>A sentence for people, where <see cref="State"/> is failed.</summary>
    public string? Error { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? TranscribedAt { get; set; }
}

public enum TranscriptState { None, Pending, Running, Done, Failed }

internal sealed class VoiceMessageConfiguration : IEntityTypeConfiguration<VoiceMessage>
{
    public void Configure(EntityTypeBuilder<VoiceMessage> builder)
    {
        builder.ToTable("voice_messages", t =>
        {
            t.HasCheckConstraint("ck_voice_messages_confidence", "confidence between 0 and 1");
            t.HasCheckConstraint("ck_voice_messages_duration", "duration >= interval '0'");
        });
        builder.HasIndex(v => new { v.BusinessId, v.MessageId }).IsUnique();
        builder.HasIndex(v => new { v.BusinessId, v.State, v.Id }).HasFilter("state in ('pending', 'running')");
        builder.HasOne<Message>().WithMany().HasForeignKey(v => new { v.BusinessId, v.MessageId });
        builder.HasOne<MediaFile>().WithMany().HasForeignKey(v => new { v.BusinessId, v.MediaFileId });
    }
}
