using System.Security.Cryptography;

namespace Samia.Inbox.Platform;

/// <summary>Wraps the keys of the key ring by AES-256-GCM.</summary>
internal sealed class MasterKey
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <exception cref="FormatException">It is not 32 bytes in base64.</exception>
    public static MasterKey Parse(string base64)
    {
        var key = new byte[32];
        return Convert.TryFromBase64String(base64, key, out var length) && length == key.Length
            ? new MasterKey(key)
            : throw new FormatException("Samia:MasterKey must be 32 bytes in base64: openssl rand -base64 32");
    }

    /// <returns>Nonce, ciphertext and tag, in that order.</returns>
    public byte[] Wrap(byte[] plain)
    {
        var wrapped = new byte[NonceSize + plain.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(wrapped.AsSpan(0, NonceSize), plain, wrapped.AsSpan(NonceSize, plain.Length),
            wrapped.AsSpan(NonceSize + plain.Length));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Another master key wrapped it, or it was altered.</exception>
    public byte[] Unwrap(byte[] wrapped)
    {
        var plain = new byte[wrapped.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(wrapped.AsSpan(0, NonceSize), wrapped.AsSpan(NonceSize, plain.Length),
            wrapped.AsSpan(NonceSize + plain.Length), plain);
        return plain;
    }
}
