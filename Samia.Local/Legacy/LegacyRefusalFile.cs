using System.Text.Encodings.Web;
using System.Text.Json;

namespace Samia.Local.Legacy;

/// <summary>
/// The file that says of each row that was not taken why: one JSON object a line. It holds no more of a row than its
/// key. Lines are on the disk before the rows beside them are committed, so none is missing.
/// </summary>
internal sealed class LegacyRefusalFile : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly FileStream _file;

    private LegacyRefusalFile(FileStream file) => _file = file;

    /// <param name="path">Where it is, or is made.</param>
    /// <param name="lines">How many lines of it are of rows that were committed; whatever follows is taken off.</param>
    /// <exception cref="LocalSetupException">It cannot be written.</exception>
    public static LegacyRefusalFile Open(string path, long lines)
    {
        try
        {
            var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            while (lines > 0 && file.ReadByte() is >= 0 and var read)
            {
                lines -= read == '\n' ? 1 : 0;
            }

            file.SetLength(file.Position);
            return new LegacyRefusalFile(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new LocalSetupException("The report cannot be written: " + failed.Message);
        }
    }

    public async Task AppendAsync(IReadOnlyList<LegacyRefusal> refusals, CancellationToken cancellationToken)
    {
        foreach (var refusal in refusals)
        {
            await _file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(refusal, Json), cancellationToken);
            _file.WriteByte((byte)'\n');
        }

        if (refusals.Count > 0)
        {
            _file.Flush(flushToDisk: true);
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
