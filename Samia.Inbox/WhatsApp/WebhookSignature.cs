using System.Security.Cryptography;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// The header <c>X-Hub-Signature-256: sha256=…</c>, an HMAC-SHA256 of the raw body under the app secret ("Webhooks,
/// validating payloads" of the Graph API).
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "X-Hub-Signature-256";
    private const string Prefix = "sha256=";

    /// <returns>The 32 bytes of the signature, or null if the header has another form.</returns>
    public static byte[]? Parse(string? header)
    {
        if (header is null || header.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes)
            || !header.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var signature = new byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(header.AsSpan(Prefix.Length), signature, out _, out _)
            == System.Buffers.OperationStatus.Done ? signature : null;
    }

    public static bool Verify(ReadOnlySpan<byte> body, byte[] signature, byte[] appSecret)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(appSecret, body, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
