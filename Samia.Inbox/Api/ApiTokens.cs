using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>Makes, shows and revokes the tokens by which programs act for the business.</summary>
public sealed class ApiTokens(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, Grants grants, TenantContext tenant, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public const int MaxNameLength = 120;

    /// <summary>Requests per minute.</summary>
    public const int MaxRateLimit = 100_000;

    /// <summary>What a token can be given. None is ever assigned a conversation, so one of them would allow it nothing.</summary>
    public static IReadOnlyList<Permission> Grantable { get; } =
        [.. Permissions.Catalogue.Where(p => p.Name != Permissions.ViewAssigned)];

    /// <summary>The newest first, those that do not work any more too.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage tokens.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<IReadOnlyList<ApiTokenInfo>> ListAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandToSeeAsync(Permissions.ManageApi, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.OrderByDescending(t => t.CreatedAt).Select(t => new ApiTokenInfo(
            t.Id, t.Name, t.LastFour, t.Permissions, t.RateLimit, t.CreatedById, t.CreatedAt, t.ExpiresAt, t.LastUsedAt,
            t.RevokedAt)).ToListAsync(cancellationToken);
    }

    /// <summary>The token by which the current request acts.</summary>
    [RequiresNoPermission("A program may know what it may do.")]
    public async Task<CurrentApiToken> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiTokens.Where(t => t.Id == tenant.ActorId)
            .Select(t => new CurrentApiToken(t.Id, t.Name, t.Permissions, t.RateLimit, t.CreatedAt, t.ExpiresAt))
            .SingleAsync(cancellationToken);
    }

    /// <summary>Nobody can give a token what they do not hold themselves.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage tokens, or lacks a permission of the token.</exception>
    /// <exception cref="ArgumentException">A value is wrong; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task<CreatedApiToken> CreateAsync(NewApiToken request, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        var now = time.GetUtcNow();
        Check(request, now);
        await grants.DemandAsync(request.Permissions, cancellationToken);
        var id = Guid.CreateVersion7(now);
        var text = ApiTokenText.Create(tenant.BusinessId, id);
        var token = new ApiToken
        {
            Id = id, Name = NameOf(request.Name), LastFour = text.Reveal()[^4..], SecretHash = text.SecretHash,
            Permissions = [.. Permissions.All.Intersect(request.Permissions)], RateLimit = request.RateLimit,
            CreatedById = tenant.EmployeeId, CreatedAt = now, ExpiresAt = request.ExpiresAt,
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Add(token);
        db.Add(new ActivityLog
        {
            At = now, Action = "api_token.created", SubjectId = id, SubjectName = token.Name,
            After = JsonSerializer.Serialize(new { token.Name, token.Permissions, token.RateLimit, token.ExpiresAt }),
        });
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedApiToken(id, text.Reveal());
    }

    /// <summary>Does nothing if the business has no such token.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage tokens.</exception>
    /// <exception cref="ArgumentException">The name is empty or too long; the message is for people.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task RenameAsync(Guid tokenId, string name, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        name = NameOf(name);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == tokenId, cancellationToken) is not { } token || token.Name == name)
        {
            return;
        }

        db.Add(new ActivityLog
        {
            At = time.GetUtcNow(), Action = "api_token.renamed", SubjectId = tokenId, SubjectName = name,
            Before = JsonSerializer.Serialize(new { token.Name }), After = JsonSerializer.Serialize(new { Name = name }),
        });
        token.Name = name;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>From now on the token opens nothing. Does nothing if it was revoked before.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not manage tokens.</exception>
    [RequiresPermission(Permissions.ManageApi)]
    public async Task RevokeAsync(Guid tokenId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageApi, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var token = await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == tokenId && t.RevokedAt == null, cancellationToken);
        if (token is null)
        {
            return;
        }

        token.RevokedAt = time.GetUtcNow();
        db.Add(new ActivityLog
        {
            At = token.RevokedAt.Value, Action = "api_token.revoked", SubjectId = tokenId, SubjectName = token.Name,
        });
        await db.SaveChangesAsync(cancellationToken);
    }

    private void Check(NewApiToken request, DateTimeOffset now)
    {
        NameOf(request.Name);
        if (request.Permissions.Count == 0)
        {
            throw new ArgumentException(texts["Choose at least one permission."]);
        }

        if (request.Permissions.Except(Grantable.Select(p => p.Name)).FirstOrDefault() is { } unknown)
        {
            throw new ArgumentException(texts["A token cannot be given the permission {0}.", unknown]);
        }

        if (request.RateLimit is < 1 or > MaxRateLimit)
        {
            throw new ArgumentException(texts["The limit is between 1 and {0} requests a minute.", MaxRateLimit]);
        }

        if (request.ExpiresAt <= now)
        {
            throw new ArgumentException(texts["Choose a day in the future."]);
        }
    }

    private string NameOf(string name) => name.Trim() switch
    {
        "" => throw new ArgumentException(texts["Give the token a name that says what uses it."]),
        { Length: > MaxNameLength } => throw new ArgumentException(texts["A name has at most {0} characters.", MaxNameLength]),
        var trimmed => trimmed,
    };
}
