using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A small picture of an employee, apart from the row that lists read.</summary>
public sealed class EmployeeAvatar : TenantEntity
{
    public const int MaxBytes = 100_000;

    public required Guid EmployeeId { get; init; }
    public required byte[] Content { get; set; }
    public required string ContentType { get; set; }
}

internal sealed class EmployeeAvatarConfiguration : IEntityTypeConfiguration<EmployeeAvatar>
{
    public void Configure(EntityTypeBuilder<EmployeeAvatar> builder)
    {
        builder.ToTable("employee_avatars", t =>
            {
                t.HasCheckConstraint("ck_employee_avatars_content", $"length(content) between 1 and {EmployeeAvatar.MaxBytes}");
                t.HasCheckConstraint("ck_employee_avatars_content_type", "content_type in ('image/png', 'image/jpeg', 'image/webp')");
            });
        builder.HasIndex(a => new { a.BusinessId, a.EmployeeId }).IsUnique();
        builder.HasOne<Employee>().WithMany().HasForeignKey(a => new { a.BusinessId, a.EmployeeId });
    }
}
