using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// The one answer to "may they do that?", asked by services, endpoints, the hub and components, so that a hidden
/// button is never the only guard. What it read is believed for some seconds, and only within one scope; in a circuit
/// <see cref="PermissionWatch"/> has it forgotten as soon as a role changes.
/// </summary>
[RequiresNoPermission("It is what is asked.")]
public sealed class PermissionChecker(
    IDbContextFactory<SamiaDbContext> contexts, TenantContext tenant, TimeProvider time, IStringLocalizer<Texts> texts)
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private volatile Answer? _answer;
    private int _forgotten;

    public async Task<bool> MayAsync(string permission, CancellationToken cancellationToken) =>
        (await AllAsync(cancellationToken)).Contains(permission);

    /// <summary>Everything that whoever acts may do now.</summary>
    public async Task<IReadOnlyCollection<string>> AllAsync(CancellationToken cancellationToken) =>
        (await AnswerAsync(cancellationToken)).Held.Permissions;

    /// <summary>Everything that whoever acts may look at: while the business is suspended, more than they may do.</summary>
    public async Task<IReadOnlyCollection<string>> AllToSeeAsync(CancellationToken cancellationToken) =>
        (await AnswerAsync(cancellationToken)).Held.ToSee;

    /// <exception cref="NotPermittedException">
    /// Whoever acts does not hold the permission, or the business is suspended and the permission is one to change things.
    /// </exception>
    public async Task DemandAsync(string permission, CancellationToken cancellationToken)
    {
        if (!await MayAsync(permission, cancellationToken))
        {
            throw await RefusalAsync(permission, cancellationToken);
        }
    }

    /// <summary>For a method that only reads: what it shows can be looked at while the business is suspended.</summary>
    /// <exception cref="NotPermittedException">Whoever acts does not hold the permission.</exception>
    public async Task DemandToSeeAsync(string permission, CancellationToken cancellationToken)
    {
        if (!(await AllToSeeAsync(cancellationToken)).Contains(permission))
        {
            throw await RefusalAsync(permission, cancellationToken);
        }
    }

    /// <exception cref="NotPermittedException">Whoever acts holds none of the permissions.</exception>
    public async Task DemandAnyAsync(IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        if (!(await AllAsync(cancellationToken)).Intersect(permissions).Any())
        {
            throw await RefusalAsync(permissions[0], cancellationToken);
        }
    }

    /// <summary>The same for a method that only reads: what it shows can be looked at while the business is suspended.</summary>
    /// <exception cref="NotPermittedException">Whoever acts holds none of the permissions.</exception>
    public async Task DemandAnyToSeeAsync(IReadOnlyList<string> permissions, CancellationToken cancellationToken)
    {
        if (!(await AllToSeeAsync(cancellationToken)).Intersect(permissions).Any())
        {
            throw await RefusalAsync(permissions[0], cancellationToken);
        }
    }

    /// <summary>What is held, with the role that it is from.</summary>
    internal async Task<HeldPermissions> HeldAsync(CancellationToken cancellationToken) =>
        (await AnswerAsync(cancellationToken)).Held;

    /// <summary>
    /// What decides about showing a page, whose services ask for themselves: in a circuit as last read, however long
    /// ago, because the circuit is told of changes and a page that waits for an answer would go and come again.
    /// </summary>
    internal async ValueTask<IReadOnlyCollection<string>> ShownAsync(CancellationToken cancellationToken) =>
        _answer is { } known ? known.Held.ToSee : await AllToSeeAsync(cancellationToken);

    /// <summary>Has the next question asked of the database again. An answer that is under way will not be believed.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            _forgotten++;
            _answer = null;
        }
    }

    private async Task<Answer> AnswerAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_answer is { } known && now - known.ReadAt <= Believed)
        {
            return known;
        }

        var forgotten = Volatile.Read(ref _forgotten);
        var answer = new Answer(await ReadAsync(now, cancellationToken), now);
        lock (_gate)
        {
            if (forgotten == _forgotten)
            {
                _answer = answer;
            }
        }

        return answer;
    }

    private async Task<HeldPermissions> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var held = tenant.ActorKind switch
        {
            ActorKind.Employee => await db.Employees.AsNoTracking().Where(e => e.Id == tenant.EmployeeId && e.IsActive)
                .Select(e => e.Role!).FirstOrDefaultAsync(cancellationToken) is { } role
                ? new(SeededRoles.PermissionsOf(role), role.Name) : HeldPermissions.None,
            ActorKind.ApiToken => new(await db.ApiTokens
                .Where(t => t.Id == tenant.ActorId && t.RevokedAt == null && (t.ExpiresAt == null || t.ExpiresAt > now))
                .Select(t => t.Permissions).FirstOrDefaultAsync(cancellationToken) ?? [], null),
            ActorKind.Support => await db.SupportVisits
                .AnyAsync(v => v.Id == tenant.ActorId && v.LeftAt == null && v.EndsAt > now, cancellationToken)
                ? new(Permissions.OfSupport, null) : HeldPermissions.None,
            // The product asks nobody: a worker that reaches a question for people has taken a wrong turn.
            _ => HeldPermissions.None,
        };
        var business = await db.Businesses.Where(b => b.Id == tenant.BusinessId)
            .Select(b => new { b.Status, b.SuspendedReason }).SingleOrDefaultAsync(cancellationToken);
        return business is null ? HeldPermissions.None : held.In(business.Status, business.SuspendedReason);
    }

    private async Task<NotPermittedException> RefusalAsync(string permission, CancellationToken cancellationToken)
    {
        var sentence = Permissions.Of(permission).Sentence(texts);
        if ((await AnswerAsync(cancellationToken)).Held is { SuspendedReason: { } reason } held && held.ToSee.Contains(permission))
        {
            return new NotPermittedException(permission, texts["The business is suspended, so this is not possible now: {0}", reason]);
        }

        return new NotPermittedException(permission, tenant.ActorKind switch
        {
            ActorKind.ApiToken => texts["This API token does not allow it: “{0}”", sentence],
            ActorKind.Support => texts["A support visit does not allow it: “{0}”", sentence],
            _ => texts["Your role does not allow this: “{0}” Ask an admin of your business.", sentence],
        });
    }

    private sealed record Answer(HeldPermissions Held, DateTimeOffset ReadAt);
}

/// <summary>The role or the token does not allow it. The message is for people, in their language.</summary>
public sealed class NotPermittedException(string permission, string message) : RefusedException(message)
{
    public string Permission { get; } = permission;
}
