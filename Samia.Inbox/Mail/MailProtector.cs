using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Samia.Inbox.Mail;

/// <summary>Encrypts what a queued mail says, for its row alone: copied to another row, it does not open.</summary>
public sealed class MailProtector(IDataProtectionProvider provider)
{
    public string Protect(Guid id, MailMessage message) => For(id).Protect(JsonSerializer.Serialize(message));

    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// It was altered, is another row's, or its key is not in the key ring.
    /// </exception>
    public MailMessage Unprotect(Guid id, string content) =>
        JsonSerializer.Deserialize<MailMessage>(For(id).Unprotect(content))!;

    /// <summary>The same content under the newest key.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">As of <see cref="Unprotect"/>.</exception>
    public string Renew(Guid id, string content) => For(id).Protect(For(id).Unprotect(content));

    private IDataProtector For(Guid id) => provider.CreateProtector("Samia.Mail", id.ToString());
}
