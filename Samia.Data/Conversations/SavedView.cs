using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A filter of the inbox under a name.</summary>
public sealed class SavedView : TenantEntity
{
    public required string Name { get; set; }

    /// <summary>Whose it is; null for everybody in the business.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The query of the inbox's address, without the question mark.</summary>
    public required string Query { get; set; }
    public int Position { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class SavedViewConfiguration : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> builder)
    {
        builder.ToTable("saved_views", t => t.HasCheckConstraint("ck_saved_views_name", "length(btrim(name)) > 0"));
        builder.Property(v => v.Name).HasMaxLength(60);
        builder.Property(v => v.Query).HasMaxLength(2000);
        builder.HasIndex(v => new { v.BusinessId, v.OwnerId, v.Name }).IsUnique().AreNullsDistinct(false);
        builder.HasOne<Business>().WithMany().HasForeignKey(v => v.BusinessId);
        builder.HasOne<Employee>().WithMany().HasForeignKey(v => new { v.BusinessId, v.OwnerId });
    }
}
