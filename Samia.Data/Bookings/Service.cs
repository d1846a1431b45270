using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Something that a customer can book.</summary>
public sealed class Service : TenantEntity
{
    public required string Name { get; set; }
    public string Description { get; set; } = "";
    public required decimal Price { get; set; }

    /// <summary>An ISO 4217 code.</summary>
    public required string Currency { get; set; }
    public required int DurationMinutes { get; set; }

    /// <summary>Kept free after each booking.</summary>
    public int BufferMinutes { get; set; }
    public bool IsActive { get; set; } = true;
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An employee who offers a service.</summary>
public sealed class ServiceEmployee : TenantEntity
{
    public required Guid ServiceId { get; init; }
    public required Guid EmployeeId { get; init; }
}

internal sealed class ServiceConfiguration : IEntityTypeConfiguration<Service>
{
    public void Configure(EntityTypeBuilder<Service> builder)
    {
        builder.ToTable("services", t =>
        {
            t.HasCheckConstraint("ck_services_price", "price >= 0");
            t.HasCheckConstraint("ck_services_currency", "currency ~ '^[A-Z]{3}$'");
            t.HasCheckConstraint("ck_services_duration_minutes", "duration_minutes between 1 and 1440");
            t.HasCheckConstraint("ck_services_buffer_minutes", "buffer_minutes between 0 and 1440");
        });
        builder.Property(s => s.Name).HasMaxLength(120);
        builder.Property(s => s.Description).HasMaxLength(2000);
        builder.Property(s => s.Price).HasPrecision(12, 2);
        builder.Property(s => s.Currency).HasMaxLength(3);
        builder.HasIndex(s => new { s.BusinessId, s.Name }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(s => s.BusinessId);
    }
}

internal sealed class ServiceEmployeeConfiguration : IEntityTypeConfiguration<ServiceEmployee>
{
    public void Configure(EntityTypeBuilder<ServiceEmployee> builder)
    {
        builder.ToTable("service_employees");
        builder.HasIndex(e => new { e.BusinessId, e.ServiceId, e.EmployeeId }).IsUnique();
        builder.HasIndex(e => new { e.BusinessId, e.EmployeeId });
        builder.HasOne<Service>().WithMany().HasForeignKey(e => new { e.BusinessId, e.ServiceId }).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Employee>().WithMany().HasForeignKey(e => new { e.BusinessId, e.EmployeeId });
    }
}
