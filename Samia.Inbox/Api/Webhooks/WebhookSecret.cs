using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Samia.Data;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// Signs calls, so that whoever receives one knows that it is from here and is neither altered nor old.
/// See https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
/// </summary>
internal static class WebhookSecret
{
    public const string Prefix = "whsec_";
    private const string Column = "outgoing_webhooks.secret";
    private const int Length = 32;

    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>The header <c>webhook-signature</c>.</summary>
    /// <param name="secret">As <see cref="Create"/> makes it.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="at">The header <c>webhook-timestamp</c>, in seconds since 1970.</param>
    /// <param name="body">The bytes that are sent.</param>
    public static string Sign(string secret, Guid id, long at, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at}.")), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), signed));
    }

    extension(SecretProtector protector)
    {
        public string ProtectWebhookSecret(Guid businessId, string secret) => protector.Protect(businessId, Column, secret);

        /// <exception cref="CryptographicException">Its key is not in the key ring.</exception>
        public string OpenWebhookSecret(Guid businessId, string ciphertext) => protector.Unprotect(businessId, Column, ciphertext);
    }
}
