using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Lets a program act for a business within chosen permissions. The token itself is shown once and not stored.</summary>
public sealed class ApiToken : TenantEntity
{
    public required string Name { get; set; }

    /// <summary>What people recognize it by.</summary>
    public required string LastFour { get; init; }

    /// <summary>SHA-256 of the token's secret part, which is 32 random bytes.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Names from <c>Permissions</c>.</summary>
    public required string[] Permissions { get; init; }

    /// <summary>Requests per minute.</summary>
    public int RateLimit { get; set; } = 300;
    public Guid? CreatedById { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Within a minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class ApiTokenConfiguration : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> builder)
    {
        builder.ToTable("api_tokens", t =>
        {
            t.HasCheckConstraint("ck_api_tokens_secret_hash", "length(secret_hash) = 32");
            t.HasCheckConstraint("ck_api_tokens_rate_limit", "rate_limit between 1 and 100000");
        });
        builder.Property(t => t.Name).HasMaxLength(120);
        builder.Property(t => t.LastFour).HasMaxLength(4);
        builder.HasIndex(t => new { t.BusinessId, t.CreatedAt });
        builder.HasOne<Business>().WithMany().HasForeignKey(t => t.BusinessId);
        builder.HasOne<Employee>().WithMany().HasForeignKey(t => new { t.BusinessId, t.CreatedById });
    }
}
