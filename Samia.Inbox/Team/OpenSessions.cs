using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// The sign-ins that have not ended, kept among Identity's tokens of the person: whoever signs out has ended the
/// session for every tab and for every copy of its cookie.
/// </summary>
[RequiresNoPermission("A session is of a person, whose browser names it.")]
public sealed class OpenSessions(IDbContextFactory<PlatformDbContext> contexts, TimeProvider time)
{
    private const string Provider = "samia.session";

    /// <summary>Also forgets the person's sessions whose cookies have run out.</summary>
    public async Task<Guid> OpenAsync(Guid userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runOut = Stamp(now - SignInCookie.Lifetime);
        await db.Set<IdentityUserToken<Guid>>()
            .Where(t => t.UserId == userId && t.LoginProvider == Provider && t.Value!.CompareTo(runOut) < 0)
            .ExecuteDeleteAsync(cancellationToken);
        db.Add(new IdentityUserToken<Guid>
        {
            UserId = userId, LoginProvider = Provider, Name = id.ToString(), Value = Stamp(now),
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    /// <summary>The cookie slid on.</summary>
    public async Task RenewAsync(Guid userId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Stamp(time.GetUtcNow());
        await Of(db, userId, sessionId).ExecuteUpdateAsync(t => t.SetProperty(s => s.Value, now), cancellationToken);
    }

    /// <returns>Whether it was open.</returns>
    public async Task<bool> EndAsync(Guid userId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(db, userId, sessionId).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    internal static IQueryable<IdentityUserToken<Guid>> Of(PlatformDbContext db, Guid userId, Guid sessionId)
    {
        var name = sessionId.ToString();
        return db.Set<IdentityUserToken<Guid>>()
            .Where(t => t.UserId == userId && t.LoginProvider == Provider && t.Name == name);
    }

    // As text, times of one length and zone compare as times do.
    private static string Stamp(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
