using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// The one answer to "may they do that?", asked by services, endpoints, the hub and components, so that a hidden
/// button is never the only guard. What it read is believed for some seconds, and only within one scope.
/// </summary>
public sealed class PermissionChecker(
    IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(5);
    private IReadOnlyCollection<string> _permissions = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public async Task<bool> MayAsync(string permission, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).Contains(permission);

    /// <summary>Everything that whoever acts may do now.</summary>
    public async Task<IReadOnlyCollection<string>> AllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _readAt > Believed)
        {
            _permissions = await ReadAsync(now, cancellationToken);
            _readAt = now;
        }

        return _permissions;
    }

    /// <exception cref="NotPermittedException">Whoever acts does not hold the permission.</exception>
    public async Task DemandAsync(string permission, CancellationToken cancellationToken)
    {
        if (!await MayAsync(permission, cancellationToken))
        {
            throw new NotPermittedException(permission);
        }
    }

    /// <exception cref="NotPermittedException">Whoever acts holds none of the permissions.</exception>
    public async Task DemandAnyAsync(IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        if (!(await AllAsync(cancellationToken)).Intersect(permissions).Any())
        {
            throw new NotPermittedException(permissions[0]);
        }
    }

    private async Task<IReadOnlyCollection<string>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return tenant.ActorKind switch
        {
            ActorKind.Employee => await db.Employees.Where(e => e.Id == tenant.EmployeeId && e.IsActive)
                .Select(e => e.Role!.Permissions).FirstOrDefaultAsync(cancellationToken) ?? [],
            ActorKind.ApiToken => await db.ApiTokens
                .Where(t => t.Id == tenant.ActorId && t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now))
                .Select(t => t.Permissions).FirstOrDefaultAsync(cancellationToken) ?? [],
            ActorKind.Support => await db.SupportVisits
                .AnyAsync(v => v.Id == tenant.ActorId && v.LeftAt == null && v.EndsAt > now, cancellationToken)
                ? Permissions.OfSupport : [],
            // The product asks nobody: a worker that reaches a question for people has taken a wrong turn.
            _ => [],
        };
    }
}

/// <summary>The role or the token does not allow it. The message is for people.</summary>
public sealed class NotPermittedException(string permission)
    : Exception(Text.Of<Texts>()["Your role does not allow this ({0}). Ask an admin of your business.", permission])
{
    public string Permission { get; } = permission;
}
