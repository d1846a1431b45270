using System.Buffers.Text;
using System.Security.Cryptography;

namespace Samia.Inbox.Api;

/// <summary>
/// A token as programs send it: <c>samia_</c> and, in base64url, the business's id, the token's id and 32 secret bytes.
/// The ids say where to look, so that nobody has to look over all businesses; only the secret opens.
/// </summary>
internal sealed class ApiTokenText
{
    public const string Prefix = "samia_";
    private const int IdLength = 16;
    private const int SecretLength = 32;
    private readonly byte[] _bytes;

    private ApiTokenText(byte[] bytes) => _bytes = bytes;

    public Guid BusinessId => new(_bytes.AsSpan(0, IdLength), bigEndian: true);

    public Guid TokenId => new(_bytes.AsSpan(IdLength, IdLength), bigEndian: true);

    /// <summary>SHA-256, which suffices for 32 random bytes.</summary>
    public byte[] SecretHash => SHA256.HashData(_bytes.AsSpan(2 * IdLength));

    public static ApiTokenText Create(Guid businessId, Guid tokenId)
    {
        var bytes = new byte[2 * IdLength + SecretLength];
        businessId.TryWriteBytes(bytes, bigEndian: true, out _);
        tokenId.TryWriteBytes(bytes.AsSpan(IdLength), bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes.AsSpan(2 * IdLength));
        return new ApiTokenText(bytes);
    }

    /// <returns>Null if it does not have this form.</returns>
    public static ApiTokenText? Parse(string text)
    {
        var bytes = new byte[2 * IdLength + SecretLength];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64Url.IsValid(text.AsSpan(Prefix.Length), out var length) && length == bytes.Length
            && Base64Url.TryDecodeFromChars(text.AsSpan(Prefix.Length), bytes, out _)
            && new ApiTokenText(bytes) is { } token && token.BusinessId != Guid.Empty
            ? token
            : null;
    }

    /// <summary>The whole token. It is shown once and never logged.</summary>
    public string Reveal() => Prefix + Base64Url.EncodeToString(_bytes);

    /// <summary>Names it without its secret.</summary>
    public override string ToString() => $"API token {TokenId}";
}
