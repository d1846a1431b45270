using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A file that was received or is to be sent. Its bytes are in the media store, by <see cref="StoreKey"/>.</summary>
public sealed class MediaFile : TenantEntity
{
    public required MediaKind Kind { get; init; }
    public MediaState State { get; set; }

    /// <summary>SHA-256 of the bytes; null until they are there.</summary>
    public byte[]? ContentHash { get; set; }

    /// <summary>In bytes; null until they are there.</summary>
    public long? Size { get; set; }
    public required string ContentType { get; set; }
    public string? FileName { get; set; }
    public string? StoreKey { get; set; }
    public string? ThumbnailKey { get; set; }

    /// <summary>The message that it belongs to.</summary>
    public Guid? MessageId { get; set; }

    /// <summary>WhatsApp's id of it, from which it is fetched.</summary>
    public string? WhatsAppMediaId { get; set; }

    /// <summary>When the bytes are deleted; null to keep them.</summary>
    public DateTimeOffset? RetainUntil { get; set; }

    /// <summary>A sentence for people, where <see cref="State"/> is failed.</summary>
    public string? Error { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public enum MediaKind { Image, Video, Audio, Voice, Document, Sticker }

public enum MediaState { Pending, Stored, Failed, Deleted }

internal sealed class MediaFileConfiguration : IEntityTypeConfiguration<MediaFile>
{
    public void Configure(EntityTypeBuilder<MediaFile> builder)
    {
        builder.ToTable("media_files", t =>
        {
            t.HasCheckConstraint("ck_media_files_content_hash", "length(content_hash) = 32");
            t.HasCheckConstraint("ck_media_files_size", "size >= 0");
            t.HasCheckConstraint("ck_media_files_stored",
                "state <> 'stored' or num_nonnulls(content_hash, size, store_key) = 3");
        });
        builder.HasIndex(f => new { f.BusinessId, f.ContentHash });
        builder.HasIndex(f => new { f.BusinessId, f.MessageId });
        builder.HasIndex(f => new { f.BusinessId, f.RetainUntil }).HasFilter("retain_until is not null");
        builder.HasOne<Business>().WithMany().HasForeignKey(f => f.BusinessId);
        builder.HasOne<Message>().WithMany().HasForeignKey(f => new { f.BusinessId, f.MessageId });
    }
}
