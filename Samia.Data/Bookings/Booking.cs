using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// A customer's appointment. Two that hold their time never overlap for one employee, the time kept free afterwards
/// included: the exclusion constraint <c>ex_bookings_overlap</c>.
/// </summary>
public sealed class Booking : TenantEntity
{
    public required Guid ServiceId { get; init; }
    public required Guid CustomerId { get; set; }

    /// <summary>Whose time it takes; null until somebody is found.</summary>
    public Guid? EmployeeId { get; set; }

    /// <summary>Who took the booking; null when the assistant or the customer did.</summary>
    public Guid? HandledById { get; set; }

    /// <summary>Where it was agreed.</summary>
    public Guid? ConversationId { get; set; }
    public BookingState State { get; set; }
    public required DateTimeOffset StartsAt { get; set; }
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>The end, and the service's buffer after it.</summary>
    public required DateTimeOffset FreeAgainAt { get; set; }

    /// <summary>As agreed, whatever the service costs later.</summary>
    public required decimal Price { get; set; }
    public required string Currency { get; set; }
    public string Note { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The first two hold their time.</summary>
public enum BookingState { Requested, Confirmed, Completed, Cancelled, NoShow }

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("bookings", t =>
        {
            t.HasCheckConstraint("ck_bookings_time", "starts_at < ends_at and ends_at <= free_again_at");
            t.HasCheckConstraint("ck_bookings_price", "price >= 0");
            t.HasCheckConstraint("ck_bookings_currency", "currency ~ '^[A-Z]{3}$'");
        });
        builder.Property(b => b.Price).HasPrecision(12, 2);
        builder.Property(b => b.Currency).HasMaxLength(3);
        builder.Property(b => b.Note).HasMaxLength(2000);
        builder.HasIndex(b => new { b.BusinessId, b.StartsAt });
        builder.HasIndex(b => new { b.BusinessId, b.EmployeeId, b.StartsAt });
        builder.HasIndex(b => new { b.BusinessId, b.CustomerId, b.StartsAt });
        builder.HasOne<Service>().WithMany().HasForeignKey(b => new { b.BusinessId, b.ServiceId });
        builder.HasOne<Customer>().WithMany().HasForeignKey(b => new { b.BusinessId, b.CustomerId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(b => new { b.BusinessId, b.EmployeeId });
        builder.HasOne<Employee>().WithMany().HasForeignKey(b => new { b.BusinessId, b.HandledById });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(b => new { b.BusinessId, b.ConversationId });
    }
}
