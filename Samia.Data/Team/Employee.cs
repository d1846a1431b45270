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
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Set from their deactivation until the last of their open conversations is handed back.</summary>
    public DateTimeOffset? HandsBackSince { get; set; }

    /// <summary>What they say of themselves while they are here; without an open circuit they are offline.</summary>
    public EmployeeAvailability Availability { get; set; }

    /// <summary>How many open conversations they take at a time; null for any number.</summary>
    public int? Capacity { get; set; }

    /// <summary>BCP 47 tags of the languages that they answer in.</summary>
    public string[] Languages { get; set; } = [];

    /// <summary>Changes with the picture; null where there is none.</summary>
    public string? AvatarVersion { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public enum EmployeeAvailability { Online, Away }

internal sealed class EmployeeConfiguration : IEntityTypeConfiguration<Employee>
{
    public void Configure(EntityTypeBuilder<Employee> builder)
    {
        // Whose sign-in an employee is, samia_platform writes: a sign-in belongs to no business.
        builder.ToTable("employees", t => t.HasCheckConstraint("ck_employees_capacity", "capacity between 0 and 1000"))
            .PlatformMay("select, insert").AppMayNotWrite(e => e.UserId);
        builder.Property(e => e.Name).HasMaxLength(120);
        builder.HasIndex(e => new { e.BusinessId, e.UserId }).IsUnique();
        // Signing in asks which businesses a person works for, before there is a business to lead with.
        builder.HasIndex(e => e.UserId);
        // What a node that was killed left undone is found for all businesses at once.
        builder.HasIndex(e => e.HandsBackSince).HasFilter("hands_back_since is not null");
        builder.HasOne<Business>().WithMany().HasForeignKey(e => e.BusinessId);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId);
        builder.HasOne(e => e.Role).WithMany().HasForeignKey(e => new { e.BusinessId, e.RoleId }).OnDelete(DeleteBehavior.Restrict);
    }
}
