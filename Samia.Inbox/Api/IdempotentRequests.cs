using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>What stands about an <c>Idempotency-Key</c>.</summary>
/// <param name="Kept">The row: this request's own, or the earlier one's with its answer.</param>
internal sealed record IdempotencyClaim(IdempotencyState State, IdempotentRequest? Kept);

/// <summary>
/// <c>Mine</c>: do it. <c>Answered</c>: it was done. <c>Running</c>: another request is at it. <c>OtherRequest</c>: the
/// key was used for something else.
/// </summary>
internal enum IdempotencyState { Mine, Answered, Running, OtherRequest }

/// <summary>Remembers which keys a token has used, and with what answer.</summary>
[RequiresNoPermission("What a token itself asked for is its own; the endpoint's permission was asked before.")]
internal sealed class IdempotentRequests(IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>No request takes that long: whoever claimed the key has crashed.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    public async Task<IdempotencyClaim> ClaimAsync(string key, byte[] requestHash, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var mine = new IdempotentRequest
            {
                ApiTokenId = tenant.ActorId!.Value, Key = key, RequestHash = requestHash, CreatedAt = now,
            };
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var inserted = await db.Database.ExecuteSqlAsync($"""
                insert into idempotent_requests (business_id, id, api_token_id, key, request_hash, created_at)
                values ({tenant.BusinessId}, {mine.Id}, {mine.ApiTokenId}, {key}, {requestHash}, {now})
                on conflict (business_id, api_token_id, key) do nothing
                """, cancellationToken);
            if (inserted > 0)
            {
                return new(IdempotencyState.Mine, mine);
            }

            var earlier = await db.IdempotentRequests.AsNoTracking()
                .SingleOrDefaultAsync(r => r.ApiTokenId == mine.ApiTokenId && r.Key == key, cancellationToken);
            if (earlier is null)
            {
                continue;
            }

            if (earlier.CreatedAt < now - KeptFor || (earlier.Status is null && earlier.CreatedAt < now - LongestRun))
            {
                await ForgetAsync(earlier, cancellationToken);
                continue;
            }

            return earlier.RequestHash.AsSpan().SequenceEqual(requestHash)
                ? new(earlier.Status is null ? IdempotencyState.Running : IdempotencyState.Answered, earlier)
                : new(IdempotencyState.OtherRequest, null);
        }
    }

    public async Task AnswerAsync(IdempotentRequest mine, HttpResponse response, byte[] body)
    {
        var (status, type) = (response.StatusCode, response.ContentType);
        var (location, tag) = (response.Headers.Location.ToString(), response.Headers.ETag.ToString());
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.IdempotentRequests.Where(r => r.Id == mine.Id).ExecuteUpdateAsync(r => r
            .SetProperty(x => x.Status, status)
            .SetProperty(x => x.Response, body)
            .SetProperty(x => x.ContentType, type)
            .SetProperty(x => x.Location, location)
            .SetProperty(x => x.ETag, tag), CancellationToken.None);
    }

    /// <summary>The key is free again.</summary>
    public async Task ForgetAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.IdempotentRequests.Where(r => r.Id == request.Id).ExecuteDeleteAsync(cancellationToken);
    }
}
