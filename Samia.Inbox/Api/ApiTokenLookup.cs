using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>What became of a token that somebody sent: either the token, or a code and a sentence why not.</summary>
internal sealed record ApiTokenAnswer(AcceptedApiToken? Token, string? Code = null, string? Refusal = null);

/// <param name="RateLimit">Requests per minute.</param>
internal sealed record AcceptedApiToken(Guid BusinessId, Guid Id, string Name, int RateLimit);

/// <summary>
/// Says whose a token is, as the business that the token itself names. It looks in a scope of its own, so that a request
/// acts for a business only once its token was found to be right.
/// </summary>
[RequiresNoPermission("It says who acts at all.")]
internal sealed class ApiTokenLookup(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly ApiTokenAnswer Unknown = new(null, "token_invalid", "This API token is not valid.");
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    public async Task<ApiTokenAnswer> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (ApiTokenText.Parse(text) is not { } sent)
        {
            return Unknown;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().EnterByApiToken(sent.BusinessId, sent.TokenId);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()
            .CreateDbContextAsync(cancellationToken);
        var found = await (
            from token in db.ApiTokens
            join business in db.Businesses on token.BusinessId equals business.Id
            where token.Id == sent.TokenId
            select new
            {
                token.SecretHash, token.Name, token.RateLimit, token.RevokedAt, token.ExpiresAt, token.LastUsedAt, business.Status,
            }).SingleOrDefaultAsync(cancellationToken);

        if (!CryptographicOperations.FixedTimeEquals(sent.SecretHash, found?.SecretHash ?? []) || found is null)
        {
            return Unknown;
        }

        var now = time.GetUtcNow();
        if (found.RevokedAt is not null)
        {
            return new(null, "token_revoked", "This API token was revoked.");
        }

        if (found.ExpiresAt <= now)
        {
            return new(null, "token_expired", "This API token has expired.");
        }

        if (found.Status == BusinessStatus.Closed)
        {
            return new(null, "business_closed", "The business of this API token is closed.");
        }

        if (!(found.LastUsedAt > now - UseIsNotedEvery))
        {
            await db.ApiTokens.Where(t => t.Id == sent.TokenId)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now), cancellationToken);
        }

        return new(new AcceptedApiToken(sent.BusinessId, sent.TokenId, found.Name, found.RateLimit));
    }
}
