using Microsoft.AspNetCore.DataProtection;

namespace Samia.Data;

/// <summary>
/// Encrypts a secret of one business for one column. The purpose holds both, so a ciphertext that is moved to another
/// business or column does not open.
/// </summary>
public sealed class SecretProtector(IDataProtectionProvider provider)
{
    /// <param name="businessId">Whose secret it is.</param>
    /// <param name="column">The column, as <c>table.column</c>.</param>
    /// <param name="secret">The plain text.</param>
    public string Protect(Guid businessId, string column, string secret) =>
        For(businessId, column).Protect(secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// It was encrypted for another business or column, was altered, or its key is not in the key ring.
    /// </exception>
    public string Unprotect(Guid businessId, string column, string ciphertext) =>
        For(businessId, column).Unprotect(ciphertext);

    private IDataProtector For(Guid businessId, string column) =>
        provider.CreateProtector("Samia.Secret", column, businessId.ToString());
}
