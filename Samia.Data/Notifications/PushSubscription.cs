using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A browser that an employee let Samia push to (RFC 8030).</summary>
public sealed class PushSubscription : TenantEntity
{
    public required Guid EmployeeId { get; init; }

    /// <summary>The push service's address for this browser: whoever knows it may push, so it is a secret.</summary>
    public required string Endpoint { get; set; }

    /// <summary>SHA-256 of the endpoint, to find it by.</summary>
    public required byte[] EndpointHash { get; init; }

    /// <summary>The browser's public key and authentication secret (RFC 8291), in base64url.</summary>
    public required string PublicKey { get; set; }
    public required string AuthSecret { get; set; }
    public string DeviceName { get; set; } = "";
    public string Browser { get; set; } = "";
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>In a row; too many, and the subscription is dropped.</summary>
    public int Failures { get; set; }
}

internal sealed class PushSubscriptionConfiguration : IEntityTypeConfiguration<PushSubscription>
{
    public void Configure(EntityTypeBuilder<PushSubscription> builder)
    {
        builder.ToTable("push_subscriptions", t =>
        {
            t.HasCheckConstraint("ck_push_subscriptions_endpoint_hash", "length(endpoint_hash) = 32");
            t.HasCheckConstraint("ck_push_subscriptions_failures", "failures >= 0");
        });
        builder.Property(s => s.Endpoint).IsSecret();
        builder.Property(s => s.AuthSecret).IsSecret();
        builder.Property(s => s.DeviceName).HasMaxLength(120);
        builder.Property(s => s.Browser).HasMaxLength(60);
        builder.HasIndex(s => new { s.BusinessId, s.EmployeeId, s.EndpointHash }).IsUnique();
        builder.HasOne<Employee>().WithMany().HasForeignKey(s => new { s.BusinessId, s.EmployeeId });
    }
}
