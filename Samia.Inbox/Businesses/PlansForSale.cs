using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>A tier that a business can pay for. A limit that is null does not limit.</summary>
/// <param name="MonthlyPrice">As the operator wrote it; what is paid Stripe says.</param>
/// <param name="Currency">An ISO 4217 code.</param>
/// <param name="PriceId">Stripe's.</param>
public sealed record PlanForSale(
    string Id, string Name, decimal? MonthlyPrice, string Currency, int? Employees, int? Conversations, int? AiReplies,
    int? TranscriptionMinutes, int? StorageMegabytes, string PriceId);

/// <summary>The plans that have a price at Stripe. As platform: a business sees the row of its own plan and no other.</summary>
[RequiresNoPermission("What is for sale anybody may know.")]
public sealed class PlansForSale(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>The smallest first.</summary>
    public async Task<IReadOnlyList<PlanForSale>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Plans.Where(p => p.StripePriceId != null).OrderBy(p => p.Rank).Select(p => new PlanForSale(
            p.Id, p.Name, p.MonthlyPrice, p.Currency, p.MaxEmployees, p.MonthlyConversations, p.MonthlyAiReplies,
            p.MonthlyTranscriptionMinutes, p.StorageMegabytes, p.StripePriceId!)).ToListAsync(cancellationToken);
    }
}
