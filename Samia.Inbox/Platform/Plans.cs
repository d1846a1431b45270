using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>A plan as the operator edits it; a limit that is null does not limit.</summary>
/// <param name="Price">Per month, without tax; null where it is not for sale.</param>
/// <param name="Currency">An ISO 4217 code.</param>
/// <param name="Businesses">How many are on it.</param>
public sealed record PlanTerms(
    string Id, string Name, int? Employees, int? Conversations, int? AiReplies, int? TranscriptionMinutes,
    int? StorageMegabytes, decimal? Price, string Currency, string? StripePriceId, int Businesses);

/// <summary>The table of plans. What the operator writes there holds from the next action of a business on.</summary>
[RequiresPlatform]
[RequiresNoPermission("Only the operator: each method asks PlatformGate.")]
public sealed class Plans(
    PlatformGate gate, IDbContextFactory<PlatformDbContext> contexts, IStringLocalizer<Texts> texts)
{
    private const decimal MaxPrice = 1_000_000;

    /// <summary>The smallest tier first.</summary>
    public async Task<IReadOnlyList<PlanTerms>> ListAsync(CancellationToken cancellationToken)
    {
        await gate.DemandAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Plans.OrderBy(p => p.Rank).Select(p => new PlanTerms(
            p.Id, p.Name, p.MaxEmployees, p.MonthlyConversations, p.MonthlyAiReplies, p.MonthlyTranscriptionMinutes,
            p.StorageMegabytes, p.MonthlyPrice, p.Currency, p.StripePriceId, db.Businesses.Count(b => b.PlanId == p.Id)))
            .ToListAsync(cancellationToken);
    }

    /// <exception cref="PlatformException">A value is wrong, or there is no such plan.</exception>
    public async Task SaveAsync(PlanTerms terms, CancellationToken cancellationToken)
    {
        await gate.DemandAsync(cancellationToken);
        Check(terms);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Id == terms.Id, cancellationToken)
            ?? throw new PlatformException(texts["There is no such plan."]);
        plan.Name = terms.Name.Trim();
        (plan.MaxEmployees, plan.MonthlyConversations) = (terms.Employees, terms.Conversations);
        (plan.MonthlyAiReplies, plan.MonthlyTranscriptionMinutes) = (terms.AiReplies, terms.TranscriptionMinutes);
        plan.StorageMegabytes = terms.StorageMegabytes;
        (plan.MonthlyPrice, plan.Currency) = (terms.Price, terms.Currency.Trim().ToUpperInvariant());
        plan.StripePriceId = string.IsNullOrWhiteSpace(terms.StripePriceId) ? null : terms.StripePriceId.Trim();
        await db.SaveChangesAsync(cancellationToken);
    }

    private void Check(PlanTerms terms)
    {
        if (terms.Name.Trim().Length is 0 or > 60)
        {
            throw new PlatformException(texts["A plan needs a name of at most {0} characters.", 60]);
        }

        int?[] limits = [terms.Employees, terms.Conversations, terms.AiReplies, terms.TranscriptionMinutes, terms.StorageMegabytes];
        if (limits.Any(l => l < 0) || terms.Price is < 0 or > MaxPrice)
        {
            throw new PlatformException(texts["Limits and prices cannot be negative. Leave a limit empty where there is none."]);
        }

        if (terms.Currency.Trim() is not { Length: 3 } currency || !currency.All(char.IsAsciiLetter))
        {
            throw new PlatformException(texts["A currency has three letters, such as USD."]);
        }
    }
}
