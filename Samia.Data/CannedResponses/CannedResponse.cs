using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A prepared answer that an agent inserts by its shortcut. What it says stands in its variants.</summary>
public sealed class CannedResponse : TenantEntity
{
    /// <summary>Typed after a slash; lower case, unique in the business.</summary>
    public required string Shortcut { get; set; }
    public required string Title { get; set; }
    public string Folder { get; set; } = "";
    public CannedResponseVisibility Visibility { get; set; }

    /// <summary>Who sees one of a team.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>Who sees one that is personal.</summary>
    public Guid? OwnerId { get; set; }
    public long UsageCount { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public Guid? CreatedById { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public List<CannedResponseVariant> Variants { get; init; } = [];
}

public enum CannedResponseVisibility { Business, Team, Personal }

/// <summary>What a canned response says in one language.</summary>
public sealed class CannedResponseVariant : TenantEntity
{
    public Guid CannedResponseId { get; init; }

    /// <summary>A BCP 47 tag.</summary>
    public required string Language { get; init; }
    public required string Body { get; set; }
    public Guid? MediaFileId { get; set; }
}

internal sealed class CannedResponseConfiguration : IEntityTypeConfiguration<CannedResponse>
{
    public void Configure(EntityTypeBuilder<CannedResponse> builder)
    {
        builder.ToTable("canned_responses", t =>
        {
            t.HasCheckConstraint("ck_canned_responses_shortcut", "shortcut = lower(shortcut) and shortcut ~ '^[^[:space:]/]{1,40}$'");
            t.HasCheckConstraint("ck_canned_responses_usage_count", "usage_count >= 0");
            t.HasCheckConstraint("ck_canned_responses_owner",
                "(visibility = 'team') = (team_id is not null) and (visibility = 'personal') = (owner_id is not null)");
        });
        builder.Property(c => c.Shortcut).HasMaxLength(40);
        builder.Property(c => c.Title).HasMaxLength(120);
        builder.Property(c => c.Folder).HasMaxLength(120);
        builder.HasIndex(c => new { c.BusinessId, c.Shortcut }).IsUnique();
        builder.HasIndex(c => new { c.BusinessId, c.Folder, c.Title });
        builder.HasOne<Business>().WithMany().HasForeignKey(c => c.BusinessId);
        builder.HasOne<EmployeeTeam>().WithMany().HasForeignKey(c => new { c.BusinessId, c.TeamId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(c => new { c.BusinessId, c.OwnerId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(c => new { c.BusinessId, c.CreatedById });
    }
}

internal sealed class CannedResponseVariantConfiguration : IEntityTypeConfiguration<CannedResponseVariant>
{
    public void Configure(EntityTypeBuilder<CannedResponseVariant> builder)
    {
        builder.ToTable("canned_response_variants", t =>
            t.HasCheckConstraint("ck_canned_response_variants_body", "length(btrim(body)) between 1 and 4096"));
        builder.Property(v => v.Language).HasMaxLength(35);
        builder.HasIndex(v => new { v.BusinessId, v.CannedResponseId, v.Language }).IsUnique();
        builder.HasOne<CannedResponse>().WithMany(c => c.Variants).HasForeignKey(v => new { v.BusinessId, v.CannedResponseId })
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<MediaFile>().WithMany().HasForeignKey(v => new { v.BusinessId, v.MediaFileId });
    }
}
