using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// Somebody who wrote to a business. Known by <see cref="WaId"/>, by <see cref="Bsuid"/>, or by both: a person with a
/// WhatsApp username may hide the number. Neither may be compared across businesses.
/// </summary>
public sealed class Customer : TenantEntity
{
    /// <summary>WhatsApp's own form of the number: digits without a plus. The key for sending, not what people type.</summary>
    public string? WaId { get; set; }

    /// <summary>The business-scoped user id, such as <c>US.13491208655302741918</c>.</summary>
    public string? Bsuid { get; set; }
    public string? ParentBsuid { get; set; }
    public string? Username { get; set; }

    /// <summary>The profile name as WhatsApp last told it.</summary>
    public string? ProfileName { get; set; }

    /// <summary>What the business calls this person; goes before what WhatsApp says.</summary>
    public string? Name { get; set; }
    public string? Email { get; set; }

    /// <summary>A BCP 47 tag.</summary>
    public string? Language { get; set; }

    /// <summary>A JSON object of the business's own fields.</summary>
    public string Attributes { get; set; } = "{}";
    public DateTimeOffset? BlockedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What a screen calls this person: the business's name for them, else profile name, else @username, else the number, else the id.</summary>
    public string DisplayName =>
        !string.IsNullOrWhiteSpace(Name) ? Name
        : !string.IsNullOrWhiteSpace(ProfileName) ? ProfileName
        : !string.IsNullOrWhiteSpace(Username) ? "@" + Username
        : WaId is not null ? "+" + WaId
        : Bsuid ?? "";
}

internal sealed class CustomerConfiguration : IEntityTypeConfiguration<Customer>
{
    public void Configure(EntityTypeBuilder<Customer> builder)
    {
        builder.ToTable("customers", t =>
        {
            t.HasCheckConstraint("ck_customers_known", "num_nonnulls(wa_id, bsuid) > 0");
            t.HasCheckConstraint("ck_customers_attributes", "jsonb_typeof(attributes) = 'object'");
        });
        builder.Property(c => c.Name).HasMaxLength(120);
        builder.Property(c => c.Email).HasMaxLength(256);
        builder.Property(c => c.Language).HasMaxLength(35);
        builder.Property(c => c.Attributes).HasColumnType("jsonb").HasDefaultValueSql("'{}'");
        builder.Ignore(c => c.DisplayName);
        builder.HasIndex(c => new { c.BusinessId, c.WaId }).IsUnique();
        builder.HasIndex(c => new { c.BusinessId, c.Bsuid }).IsUnique();
        builder.HasOne<Business>().WithMany().HasForeignKey(c => c.BusinessId);
    }
}
