using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// The sign-ins that have not ended: whoever signs out has ended the session for every tab and for every copy of its
/// cookie, on every node.
/// </summary>
[RequiresNoPermission("A session is of a person, whose browser names it.")]
public sealed class OpenSessions(
    IDbContextFactory<PlatformDbContext> contexts, SignInChanges changes, TimeProvider time)
{
    /// <summary>Also forgets the person's sessions whose cookies have run out.</summary>
    public async Task<Guid> OpenAsync(
        Guid userId, string? userAgent, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.UserSessions.Where(s => s.UserId == userId && s.SeenAt < now - SignInCookie.Lifetime)
            .ExecuteDeleteAsync(cancellationToken);
        var session = new UserSession
        {
            UserId = userId, Device = DeviceName.Of(userAgent), IpAddress = address, StartedAt = now, SeenAt = now,
        };
        db.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        return session.Id;
    }

    /// <summary>The last seen first.</summary>
    public async Task<IReadOnlyList<UserSession>> OfPersonAsync(Guid userId, CancellationToken cancellationToken)
    {
        var runOut = time.GetUtcNow() - SignInCookie.Lifetime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserSessions.AsNoTracking().Where(s => s.UserId == userId && s.SeenAt >= runOut)
            .OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <returns>Whether it was open.</returns>
    public async Task<bool> EndAsync(Guid userId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = await Of(db, userId, sessionId).ExecuteDeleteAsync(cancellationToken) > 0;
        if (ended)
        {
            await changes.PublishAsync(userId);
        }

        return ended;
    }

    /// <summary>Ends all of the person's sessions.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="except">One that stays; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task EndAllAsync(Guid userId, Guid? except, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.UserSessions.Where(s => s.UserId == userId && s.Id != except).ExecuteDeleteAsync(cancellationToken);
        await changes.PublishAsync(userId);
    }

    internal static IQueryable<UserSession> Of(PlatformDbContext db, Guid userId, Guid sessionId) =>
        db.UserSessions.Where(s => s.Id == sessionId && s.UserId == userId);
}
