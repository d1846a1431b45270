using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Samia.Inbox.Platform;

/// <summary>
/// Data Protection's own key manager, whose cached key ring can be told that there is a new key. Left alone, a node
/// would believe its cache for a day, and could not read what another encrypts with a key made since.
/// </summary>
internal sealed class RefreshableKeyManager(XmlKeyManager keys) : IKeyManager, IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource _stale = new();

    /// <summary>Has the key ring read again the next time that it is used.</summary>
    public void Refresh()
    {
        CancellationTokenSource stale;
        lock (_gate)
        {
            (stale, _stale) = (_stale, new CancellationTokenSource());
        }

        stale.Cancel();
    }

    public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) =>
        keys.CreateNewKey(activationDate, expirationDate);

    public IReadOnlyCollection<IKey> GetAllKeys() => keys.GetAllKeys();

    public CancellationToken GetCacheExpirationToken()
    {
        lock (_gate)
        {
            return CancellationTokenSource.CreateLinkedTokenSource(keys.GetCacheExpirationToken(), _stale.Token).Token;
        }
    }

    public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => keys.RevokeAllKeys(revocationDate, reason);

    public void RevokeKey(Guid keyId, string? reason = null) => keys.RevokeKey(keyId, reason);

    public void Dispose() => _stale.Dispose();
}
