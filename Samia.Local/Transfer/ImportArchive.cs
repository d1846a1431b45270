using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Samia.Inbox.Platform;

namespace Samia.Local.Transfer;

/// <summary>An export that somebody brought, opened for reading.</summary>
internal sealed class ImportArchive : IDisposable
{
    // Rows go to the database some at a time: enough to be fast, few enough to be held.
    private const int MostLines = 500;
    private const int MostCharacters = 4_000_000;
    private readonly ZipArchive _zip;

    private ImportArchive(ZipArchive zip, ExportManifest manifest) => (_zip, Manifest) = (zip, manifest);

    public ExportManifest Manifest { get; }

    /// <exception cref="LocalSetupException">It is no export, or one of a layout that this build does not know.</exception>
    public static async Task<ImportArchive> OpenAsync(string file, CancellationToken cancellationToken)
    {
        ZipArchive? zip = null;
        try
        {
            zip = await ZipFile.OpenReadAsync(file, cancellationToken);
            var entry = zip.GetEntry(ExportManifest.FileName)
                ?? throw new LocalSetupException($"{file} has no {ExportManifest.FileName}: it is not an export, or one that was not finished.");
            await using var stream = await entry.OpenAsync(cancellationToken);
            var manifest = (await JsonSerializer.DeserializeAsync<ExportManifest>(stream, ExportManifest.Json, cancellationToken))!;
            return manifest.Version == ExportManifest.CurrentVersion
                ? new ImportArchive(zip, manifest)
                : throw new LocalSetupException($"The export's layout is version {manifest.Version}; this build reads version {ExportManifest.CurrentVersion}.");
        }
        catch (Exception unreadable)
        {
            zip?.Dispose();
            throw unreadable is InvalidDataException or IOException or UnauthorizedAccessException or JsonException
                ? new LocalSetupException($"{file} cannot be read as an export: {unreadable.Message}")
                : unreadable;
        }
    }

    /// <summary>Reads everything once and compares it with the manifest.</summary>
    /// <exception cref="LocalSetupException">A file is missing or not what the manifest says.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Manifest.Files)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var rows = 0L;
            await using var stream = await OpenAsync(file, cancellationToken);
            var buffer = new byte[81_920];
            try
            {
                while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                {
                    hash.AppendData(buffer, 0, read);
                    rows += buffer.AsSpan(0, read).Count((byte)'\n');
                }
            }
            catch (InvalidDataException broken)
            {
                throw new LocalSetupException($"{file.Name} of the export is broken: {broken.Message}");
            }

            if (rows != file.Rows || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
            {
                throw new LocalSetupException($"{file.Name} of the export is not what its manifest says: it was changed or cut off.");
            }
        }
    }

    /// <summary>The rows of a file, some at a time, as a JSON array.</summary>
    public async IAsyncEnumerable<(string Rows, int Count)> ReadAsync(
        ExportedFile file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(file, cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var (batch, count) = (new StringBuilder("["), 0);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            batch.Append(count++ == 0 ? "" : ",").Append(line);
            if (count == MostLines || batch.Length > MostCharacters)
            {
                yield return (batch.Append(']').ToString(), count);
                (batch, count) = (new StringBuilder("["), 0);
            }
        }

        if (count > 0)
        {
            yield return (batch.Append(']').ToString(), count);
        }
    }

    public void Dispose() => _zip.Dispose();

    private async Task<Stream> OpenAsync(ExportedFile file, CancellationToken cancellationToken) =>
        await (_zip.GetEntry(file.Name) ?? throw new LocalSetupException($"{file.Name} is missing from the export."))
            .OpenAsync(cancellationToken);
}
