using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Samia.Local.Simulator;

/// <summary>A file as WhatsApp keeps it.</summary>
public sealed record StoredMedia(string Id, string MimeType, byte[] Bytes, string? FileName)
{
    /// <summary>As webhooks write it.</summary>
    public string Sha256Base64 => Convert.ToBase64String(SHA256.HashData(Bytes));

    /// <summary>As the media endpoint writes it.</summary>
    public string Sha256Hex => Convert.ToHexStringLower(SHA256.HashData(Bytes));
}

/// <summary>The files that a number's customers and employees have sent, in memory, and the samples.</summary>
internal sealed class MediaShelf
{
    private readonly ConcurrentDictionary<string, StoredMedia> _files = new();

    public StoredMedia Add(string mimeType, byte[] bytes, string? fileName)
    {
        var id = Random.Shared.NextInt64(1_000_000_000_000_000, 9_999_999_999_999_999).ToString(CultureInfo.InvariantCulture);
        return _files[id] = new StoredMedia(id, mimeType, bytes, fileName);
    }

    public StoredMedia? Find(string id) => _files.GetValueOrDefault(id) ?? SampleMedia.Find(id);

    public bool Remove(string id) => _files.TryRemove(id, out _);
}
