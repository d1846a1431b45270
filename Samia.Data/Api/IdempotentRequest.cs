using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>The answer to a POST that came with an <c>Idempotency-Key</c>, given again to whoever repeats it.</summary>
public sealed class IdempotentRequest : TenantEntity
{
    public required Guid ApiTokenId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body: the same key for something else is an error.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Null while the first request is still at work.</summary>
    public int? Status { get; set; }
    public byte[]? Response { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? ETag { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class IdempotentRequestConfiguration : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> builder)
    {
        builder.ToTable("idempotent_requests", t => t.HasCheckConstraint("ck_idempotent_requests_status", "status between 100 and 599"))
            .PlatformMay("select (created_at), delete");
        builder.Property(r => r.Key).HasMaxLength(255);
        builder.HasIndex(r => new { r.BusinessId, r.ApiTokenId, r.Key }).IsUnique();
        builder.HasIndex(r => new { r.BusinessId, r.CreatedAt });
        builder.HasOne<ApiToken>().WithMany().HasForeignKey(r => new { r.BusinessId, r.ApiTokenId });
    }
}
