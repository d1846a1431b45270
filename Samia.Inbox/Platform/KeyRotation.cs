using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Mail;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Changes over to a new key: all nodes learn of it first, and then every stored secret is encrypted anew.</summary>
public sealed class KeyRotation(
    IKeyManager keys, IDbContextFactory<PlatformDbContext> contexts, IServiceProvider services, TimeProvider time)
{
    // Data Protection's default.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>How long nodes are given to read the new key before anything is encrypted with it.</summary>
    public static TimeSpan Notice { get; } = 2 * KeyRingWatch.Interval;

    /// <summary>Makes a key. Old ciphertexts and cookies go on opening with the keys that made them.</summary>
    /// <returns>The new key's id.</returns>
    [RequiresNoPermission("only a person at the machine's command line reaches it")]
    public Guid MakeKey()
    {
        var now = time.GetUtcNow();
        return keys.CreateNewKey(now, now + Lifetime).KeyId;
    }

    /// <summary>Encrypts the secrets of every business and every person, and the mails that wait, anew. May be run again after an interruption.</summary>
    /// <returns>How many there were.</returns>
    [RequiresNoPermission("only a person at the machine's command line reaches it")]
    public async Task<int> EncryptAnewAsync(CancellationToken cancellationToken)
    {
        List<Guid> businesses;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            businesses = await db.Businesses.Select(b => b.Id).ToListAsync(cancellationToken);
        }

        var count = 0;
        foreach (var business in businesses)
        {
            await using var scope = services.CreateTenantScope(business);
            count += await scope.ServiceProvider.GetRequiredService<SecretRotation>().RunAsync(cancellationToken);
        }

        count += await services.GetRequiredService<MailQueue>().EncryptAnewAsync(cancellationToken);
        await using var people = services.CreateAsyncScope();
        return count + await people.ServiceProvider.GetRequiredService<Authenticator>().EncryptAnewAsync(cancellationToken);
    }
}
