using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// The one answer to "may this employee do that?", asked by services, so that a hidden button is never the only guard.
/// What it read is believed for some seconds, and only within one scope.
/// </summary>
public sealed class PermissionChecker(
    IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant, TimeProvider time)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(5);
    private string[] _permissions = [];
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;

    public async Task<bool> MayAsync(string permission, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now - _readAt > Believed)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            _permissions = await db.Employees.Where(e => e.Id == tenant.EmployeeId && e.IsActive)
                .Select(e => e.Role!.Permissions).FirstOrDefaultAsync(cancellationToken) ?? [];
            _readAt = now;
        }

        return _permissions.Contains(permission);
    }

    /// <exception cref="NotPermittedException">The employee's role does not hold the permission.</exception>
    public async Task DemandAsync(string permission, CancellationToken cancellationToken)
    {
        if (!await MayAsync(permission, cancellationToken))
        {
            throw new NotPermittedException(permission);
        }
    }
}

/// <summary>The employee's role does not allow it. The message is for people.</summary>
public sealed class NotPermittedException(string permission)
    : Exception($"Your role does not allow this ({permission}). Ask an admin of your business.")
{
    public string Permission { get; } = permission;
}
