using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>A tenant: one business with one connected WhatsApp number.</summary>
public sealed class Business
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>Made from the name, unique over all businesses, used in addresses and by scripts.</summary>
    public required string Slug { get; set; }
    public BusinessStatus Status { get; set; }

    /// <summary>An IANA name, such as <c>Asia/Beirut</c>.</summary>
    public required string TimeZone { get; set; }

    /// <summary>A BCP 47 tag, such as <c>ar-LB</c>.</summary>
    public required string Locale { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public string? PhoneNumberId { get; set; }
    public string? WabaId { get; set; }
    public string? DisplayPhoneNumber { get; set; }

    /// <summary>Encrypted by <see cref="SecretProtector"/>, as are <see cref="AppSecret"/> and <see cref="VerifyToken"/>.</summary>
    public string? AccessToken { get; set; }
    public string? AppSecret { get; set; }
    public string? VerifyToken { get; set; }

    /// <summary>Set when WhatsApp refused the token or blocked the account; nothing is sent until a person clears it.</summary>
    public DateTimeOffset? SendingPausedAt { get; set; }

    /// <summary>The sentence that people see beside the pause.</summary>
    public string? SendingPausedReason { get; set; }

    /// <summary>Set when WhatsApp asked the number to slow down; sending goes on by itself afterwards.</summary>
    public DateTimeOffset? SendingSlowedUntil { get; set; }

    /// <summary>Counts committed live events; a reader that misses a number re-reads.</summary>
    public long LiveSequence { get; set; }
}

public enum BusinessStatus { Active, Suspended, Closed }

internal sealed class BusinessConfiguration : IEntityTypeConfiguration<Business>
{
    public void Configure(EntityTypeBuilder<Business> builder)
    {
        // A business's own people change neither who it is nor where WhatsApp's webhooks find it.
        builder.ToTable("businesses").AppMay("select, update").PlatformMay("select, insert, update")
            .AppMayNotWrite(b => b.Id).AppMayNotWrite(b => b.Slug).AppMayNotWrite(b => b.Status).AppMayNotWrite(b => b.CreatedAt)
            .AppMayNotWrite(b => b.PhoneNumberId).AppMayNotWrite(b => b.WabaId);
        builder.HasIndex(b => b.Slug).IsUnique();
        builder.HasIndex(b => b.PhoneNumberId).IsUnique();
        builder.Property(b => b.Name).HasMaxLength(120);
        builder.Property(b => b.Slug).HasMaxLength(60);
    }
}
