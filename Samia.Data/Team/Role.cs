using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A named set of permissions within one business.</summary>
public sealed class Role : TenantEntity
{
    public required string Name { get; set; }

    public string Description { get; set; } = "";

    /// <summary>One of those that every business starts with. It may be changed but not deleted.</summary>
    public bool IsSeeded { get; init; }

    /// <summary>Names from <c>Permissions</c>, such as <c>conversations.reply</c>.</summary>
    public required string[] Permissions { get; set; }
}

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("roles", t => t.HasCheckConstraint("ck_roles_name", "length(btrim(name)) > 0")).PlatformMay("select, insert");
        builder.Property(r => r.Name).HasMaxLength(60);
        builder.Property(r => r.Description).HasMaxLength(300);
        builder.HasIndex(r => new { r.BusinessId, r.Name }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(r => r.BusinessId);
    }
}
