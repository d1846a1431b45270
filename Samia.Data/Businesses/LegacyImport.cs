using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>How far the import of one table of an older installation has come, so that it goes on after an interruption.</summary>
public sealed class LegacyImport : TenantEntity
{
    /// <summary>Names the source, so that two sources are not taken for one.</summary>
    public required string Source { get; init; }
    public required string Table { get; init; }

    /// <summary>The key of the last row that was dealt with.</summary>
    public required string LastKey { get; set; }
    public long Taken { get; set; }
    public long Refused { get; set; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
}

internal sealed class LegacyImportConfiguration : IEntityTypeConfiguration<LegacyImport>
{
    public void Configure(EntityTypeBuilder<LegacyImport> builder)
    {
        builder.ToTable("legacy_imports", t => t.HasCheckConstraint("ck_legacy_imports_counts", "taken >= 0 and refused >= 0"));
        builder.Property(i => i.Table).HasColumnName("source_table");
        builder.HasIndex(i => new { i.BusinessId, i.Source, i.Table }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(i => i.BusinessId);
    }
}
