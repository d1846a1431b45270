using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace Samia.Inbox.Platform;

/// <summary>Writes a zip of JSON lines to a stream that need not be able to go back. Rows pass through one by one.</summary>
internal sealed class ExportArchive(ZipArchive zip) : IAsyncDisposable
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public static async Task<ExportArchive> CreateAsync(Stream to, CancellationToken cancellationToken) =>
        new(await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken));

    /// <param name="table">Names the file.</param>
    /// <param name="columns">What each row holds.</param>
    /// <param name="rows">Selects one column: the row as JSON, in UTF-8.</param>
    /// <param name="cancellationToken">Stops it; the archive is worth nothing then.</param>
    public async Task<ExportedFile> AddRowsAsync(
        string table, IReadOnlyList<string> columns, NpgsqlCommand rows, CancellationToken cancellationToken)
    {
        var name = table + ".jsonl";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0L;
        await using var entry = await zip.CreateEntry(name).OpenAsync(cancellationToken);
        await using var reader = await rows.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = reader.GetFieldValue<byte[]>(0);
            hash.AppendData(row);
            hash.AppendData(NewLine);
            await entry.WriteAsync(row, cancellationToken);
            await entry.WriteAsync(NewLine, cancellationToken);
            count++;
        }

        return new ExportedFile(name, table, columns, count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public async Task FinishAsync(ExportManifest manifest, CancellationToken cancellationToken)
    {
        await using var entry = await zip.CreateEntry(ExportManifest.FileName).OpenAsync(cancellationToken);
        await JsonSerializer.SerializeAsync(entry, manifest, ExportManifest.Json, cancellationToken);
    }

    public ValueTask DisposeAsync() => zip.DisposeAsync();
}
