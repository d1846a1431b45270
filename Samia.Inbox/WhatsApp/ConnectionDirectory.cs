using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>Which business a WhatsApp number or account belongs to, and the secret that its webhooks are signed with.</summary>
/// <param name="BusinessId">The business.</param>
/// <param name="AppSecret">In UTF-8, as the signature needs it.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record Connection(Guid BusinessId, byte[] AppSecret, DateTimeOffset ReadAt);

/// <summary>
/// Finds connections before there is a tenant. What it finds is believed for some seconds; what it does not find is
/// asked for again, so a number that was just connected misses nothing.
/// </summary>
[RequiresNoPermission("A webhook is sent by WhatsApp, which signs it: nobody acts.")]
public sealed class ConnectionDirectory(
    IDbContextFactory<PlatformDbContext> platform, SecretProtector secrets, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(15);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The business of a number; empty if no business has connected it.</summary>
    public ValueTask<IReadOnlyList<Connection>> OfNumberAsync(string phoneNumberId, CancellationToken cancellationToken) =>
        FindAsync("number:" + phoneNumberId, b => b.PhoneNumberId == phoneNumberId, cancellationToken);

    /// <summary>The businesses whose numbers belong to a WhatsApp Business Account; several may share one.</summary>
    public ValueTask<IReadOnlyList<Connection>> OfAccountAsync(string wabaId, CancellationToken cancellationToken) =>
        FindAsync("account:" + wabaId, b => b.WabaId == wabaId, cancellationToken);

    /// <summary>Forgets what was read, after a connection was changed on this node.</summary>
    public void Invalidate() => _cache.Clear();

    /// <summary>The verify tokens of all connections. Meta asks with one only when somebody sets up a webhook.</summary>
    public async Task<IReadOnlyList<string>> VerifyTokensAsync(CancellationToken cancellationToken)
    {
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        var businesses = await db.Businesses.AsNoTracking().Where(b => b.VerifyToken != null).ToListAsync(cancellationToken);
        return businesses.ConvertAll(b => secrets.VerifyTokenOf(b)!);
    }

    public void Dispose() => _cache.Dispose();

    private async ValueTask<IReadOnlyList<Connection>> FindAsync(
        string key, System.Linq.Expressions.Expression<Func<Business, bool>> which, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(key, out IReadOnlyList<Connection>? known))
        {
            return known!;
        }

        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        var businesses = await db.Businesses.AsNoTracking().Where(which)
            .Where(b => b.AppSecret != null && b.Status != BusinessStatus.Closed).OrderBy(b => b.Id).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var found = businesses.ConvertAll(b =>
            new Connection(b.Id, System.Text.Encoding.UTF8.GetBytes(secrets.AppSecretOf(b)!), now));
        if (found.Count > 0)
        {
            _cache.Set(key, (IReadOnlyList<Connection>)found,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Believed });
        }

        return found;
    }
}
