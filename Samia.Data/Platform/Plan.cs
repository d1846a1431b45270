using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Samia.Data;

/// <summary>
/// A tier that a business can be on, with its limits. The operator edits them; a limit that is null does not limit.
/// A business sees the row of its own plan and no other.
/// </summary>
public sealed class Plan
{
    public const string Trial = "trial";
    public const string Starter = "starter";
    public const string Growth = "growth";
    public const string Scale = "scale";

    /// <summary>A short name that code and Stripe's metadata use; never shown.</summary>
    public required string Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Orders the tiers, the smallest first.</summary>
    public required int Rank { get; set; }

    /// <summary>Active employees at any time.</summary>
    public int? MaxEmployees { get; set; }

    /// <summary>
    /// Conversations that begin or come back in a billing month: each customer with whom the business exchanges at least
    /// one message in the month counts once, however much is said and however often it is resolved and reopened.
    /// Reactions, notes and WhatsApp's own lines do not count. At the limit a customer's messages still arrive, are
    /// counted and can be answered while WhatsApp's 24-hour window is open; only what would begin a conversation from our
    /// side is refused.
    /// </summary>
    public int? MonthlyConversations { get; set; }
    public int? MonthlyAiReplies { get; set; }
    public int? MonthlyTranscriptionMinutes { get; set; }

    /// <summary>Of what is stored now, in megabytes of 1,000,000 bytes: it does not begin anew with a month.</summary>
    public int? StorageMegabytes { get; set; }

    /// <summary>Per month, without tax.</summary>
    public decimal? MonthlyPrice { get; set; }

    /// <summary>An ISO 4217 code.</summary>
    public required string Currency { get; set; }

    /// <summary>Stripe's id of the price; null where Stripe does not sell it.</summary>
    public string? StripePriceId { get; set; }
}

internal sealed class PlanConfiguration : IEntityTypeConfiguration<Plan>
{
    public void Configure(EntityTypeBuilder<Plan> builder)
    {
        builder.ToTable("plans", t =>
            {
                t.HasCheckConstraint("ck_plans_limits", "least(max_employees, monthly_conversations, monthly_ai_replies, "
                    + "monthly_transcription_minutes, storage_megabytes) >= 0");
                t.HasCheckConstraint("ck_plans_price", "monthly_price >= 0");
                t.HasCheckConstraint("ck_plans_currency", "currency ~ '^[A-Z]{3}$'");
            })
            .AppMay("select").AppSees("id = (select b.plan_id from businesses b where b.id = (select app.current_business_id()))")
            .PlatformMay("select, insert, update");
        builder.Property(p => p.Id).HasMaxLength(30);
        builder.Property(p => p.Name).HasMaxLength(60);
        builder.Property(p => p.MonthlyPrice).HasPrecision(12, 2);
        builder.Property(p => p.Currency).HasMaxLength(3);
        builder.HasIndex(p => p.Rank).IsUnique();
        builder.HasData(
            new Plan { Id = Plan.Trial, Name = "Trial", Rank = 1, Currency = "USD", MonthlyPrice = 0, MaxEmployees = 5, MonthlyConversations = 500, MonthlyAiReplies = 500, MonthlyTranscriptionMinutes = 60, StorageMegabytes = 1_000 },
            new Plan { Id = Plan.Starter, Name = "Starter", Rank = 2, Currency = "USD", MonthlyPrice = 29, MaxEmployees = 5, MonthlyConversations = 1_000, MonthlyAiReplies = 1_000, MonthlyTranscriptionMinutes = 120, StorageMegabytes = 10_000 },
            new Plan { Id = Plan.Growth, Name = "Growth", Rank = 3, Currency = "USD", MonthlyPrice = 99, MaxEmployees = 20, MonthlyConversations = 10_000, MonthlyAiReplies = 10_000, MonthlyTranscriptionMinutes = 1_000, StorageMegabytes = 100_000 },
            new Plan { Id = Plan.Scale, Name = "Scale", Rank = 4, Currency = "USD", MonthlyPrice = 399 });
    }
}
