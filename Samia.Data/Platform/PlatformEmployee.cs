using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Somebody who runs Samia itself, over all businesses. Their sign-in always takes a second factor.</summary>
public sealed class PlatformEmployee
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid UserId { get; init; }
    public required string Name { get; set; }
    public bool IsActive { get; set; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PlatformEmployeeConfiguration : IEntityTypeConfiguration<PlatformEmployee>
{
    public void Configure(EntityTypeBuilder<PlatformEmployee> builder)
    {
        builder.ToTable("platform_employees").PlatformMay("select, insert, update");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Name).HasMaxLength(120);
        builder.HasIndex(e => e.UserId).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId);
    }
}
