using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A person's place in one business.</summary>
public sealed class Employee : TenantEntity
{
    public required Guid UserId { get; init; }
    public required string Name { get; set; }
    public required Guid RoleId { get; set; }
    public Role? Role { get; init; }

    /// <summary>A deactivated employee cannot sign in; what they wrote keeps their name.</summary>
    public bool IsActive { get; set; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class EmployeeConfiguration : IEntityTypeConfiguration<Employee>
{
    public void Configure(EntityTypeBuilder<Employee> builder)
    {
        // Whose sign-in an employee is, samia_platform writes: a sign-in belongs to no business.
        builder.ToTable("employees").PlatformMay("select, insert").AppMayNotWrite(e => e.UserId);
        builder.Property(e => e.Name).HasMaxLength(120);
        builder.HasIndex(e => new { e.BusinessId, e.UserId }).IsUnique();
        // Signing in asks which businesses a person works for, before there is a business to lead with.
        builder.HasIndex(e => e.UserId);
        builder.HasOne<Business>().WithMany().HasForeignKey(e => e.BusinessId);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId);
        builder.HasOne(e => e.Role).WithMany().HasForeignKey(e => new { e.BusinessId, e.RoleId });
    }
}
