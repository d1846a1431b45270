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

    /// <summary>The tier that it is on: see <see cref="Plan"/>.</summary>
    public string PlanId { get; set; } = Plan.Trial;
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>The sentence that the business's people see while it is suspended.</summary>
    public string? SuspendedReason { get; set; }

    /// <summary>When its closing was asked for. Only an export that was made later lets the grace period begin.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When a closed business and all its rows are deleted; until then it can be restored.</summary>
    public DateTimeOffset? DeleteAfter { get; set; }

    /// <summary>When the last full export of it was made that was carried to its end.</summary>
    public DateTimeOffset? ExportedAt { get; set; }

    /// <summary>Encrypted by <see cref="SecretProtector"/>, as are <see cref="AppSecret"/> and <see cref="VerifyToken"/>.</summary>
    public string? AccessToken { get; set; }
    public string? AppSecret { get; set; }
    public string? VerifyToken { get; set; }

    /// <summary>The base address of an OpenAI-compatible API; null where the business has no assistant.</summary>
    public string? AiEndpoint { get; set; }
    public string? AiModel { get; set; }

    /// <summary>Encrypted by <see cref="SecretProtector"/>.</summary>
    public string? AiKey { get; set; }

    public string? StripeCustomerId { get; set; }
    public string? StripeSubscriptionId { get; set; }

    /// <summary>Set when WhatsApp refused the token or blocked the account; nothing is sent until a person clears it.</summary>
    public DateTimeOffset? SendingPausedAt { get; set; }

    /// <summary>The sentence that people see beside the pause.</summary>
    public string? SendingPausedReason { get; set; }

    /// <summary>Set when WhatsApp asked the number to slow down; sending goes on by itself afterwards.</summary>
    public DateTimeOffset? SendingSlowedUntil { get; set; }

    /// <summary>Counts committed live events; a reader that misses a number re-reads.</summary>
    public long LiveSequence { get; set; }

    /// <summary>When something last happened in a conversation, as last measured: see <see cref="BusinessDay"/>.</summary>
    public DateTimeOffset? LastActivityAt { get; set; }

    /// <summary>The <see cref="LiveSequence"/> of that measurement; the same again means that nothing has happened.</summary>
    public long MeasuredSequence { get; set; }
}

/// <summary>
/// <c>Suspended</c>: still receives, cannot send. <c>Closed</c>: nobody signs in, and it is deleted after a grace period.
/// </summary>
public enum BusinessStatus { Active, Suspended, Closed }

internal sealed class BusinessConfiguration : IEntityTypeConfiguration<Business>
{
    public void Configure(EntityTypeBuilder<Business> builder)
    {
        // A business's own people change neither who it is, nor where WhatsApp's webhooks find it, nor what they pay for.
        builder.ToTable("businesses").AppMay("select, update").PlatformMay("select, insert, update")
            .AppMayNotWrite(b => b.Id).AppMayNotWrite(b => b.Slug).AppMayNotWrite(b => b.CreatedAt)
            .AppMayNotWrite(b => b.PhoneNumberId).AppMayNotWrite(b => b.WabaId)
            .AppMayNotWrite(b => b.Status).AppMayNotWrite(b => b.SuspendedAt).AppMayNotWrite(b => b.SuspendedReason)
            .AppMayNotWrite(b => b.ClosedAt).AppMayNotWrite(b => b.DeleteAfter).AppMayNotWrite(b => b.ExportedAt).AppMayNotWrite(b => b.PlanId).AppMayNotWrite(b => b.StripeCustomerId)
            .AppMayNotWrite(b => b.StripeSubscriptionId);
        builder.HasIndex(b => b.Slug).IsUnique();
        builder.HasIndex(b => b.PhoneNumberId).IsUnique();
        builder.HasIndex(b => b.StripeCustomerId).IsUnique();
        builder.HasIndex(b => b.DeleteAfter).HasFilter("delete_after is not null");
        builder.HasOne<Plan>().WithMany().HasForeignKey(b => b.PlanId);
        builder.Property(b => b.AccessToken).IsSecret();
        builder.Property(b => b.AppSecret).IsSecret();
        builder.Property(b => b.VerifyToken).IsSecret();
        builder.Property(b => b.AiKey).IsSecret();
        builder.Property(b => b.SuspendedReason).HasMaxLength(300);
        builder.Property(b => b.Name).HasMaxLength(120);
        builder.Property(b => b.Slug).HasMaxLength(60);
    }
}
