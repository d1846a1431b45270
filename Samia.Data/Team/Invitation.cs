using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>Somebody was asked by e-mail to work for the business.</summary>
public sealed class Invitation : TenantEntity
{
    /// <summary>The person's sign-in, once they accept.</summary>
    public required string Email { get; init; }
    public required string Name { get; init; }
    public required Guid RoleId { get; init; }
    public Guid[] TeamIds { get; init; } = [];

    /// <summary>A BCP 47 tag: the language of the e-mail.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of what the link holds. A link that is sent again is another one.</summary>
    public required byte[] SecretHash { get; set; }
    public Guid? InvitedById { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public Guid? EmployeeId { get; set; }
}

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("invitations", t => t.HasCheckConstraint("ck_invitations_secret_hash", "length(secret_hash) = 32"))
            .PlatformMay("select, insert, update");
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.Property(i => i.Name).HasMaxLength(120);
        builder.HasIndex(i => new { i.BusinessId, i.Email }).IsUnique()
            .HasFilter("accepted_at is null and revoked_at is null");
        builder.HasOne<Business>().WithMany().HasForeignKey(i => i.BusinessId);
        builder.HasOne<Role>().WithMany().HasForeignKey(i => new { i.BusinessId, i.RoleId }).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Employee>().WithMany().HasForeignKey(i => new { i.BusinessId, i.InvitedById });
        builder.HasOne<Employee>().WithMany().HasForeignKey(i => new { i.BusinessId, i.EmployeeId });
    }
}
