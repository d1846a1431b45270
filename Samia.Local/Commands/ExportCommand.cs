using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Inbox.Platform;

namespace Samia.Local.Commands;

/// <summary><c>./samia export --business SLUG --to FILE.zip</c>: everything that a business has, for whoever owns it.</summary>
internal static class ExportCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var slug = reader.Value("--business") ?? throw new UsageException("export needs --business SLUG.");
        var file = Path.GetFullPath(reader.Value("--to") ?? throw new UsageException("export needs --to FILE.zip."));
        await using var installation = Installation.Open(reader);
        reader.Finish("export");
        if (File.Exists(file))
        {
            throw new LocalSetupException($"{file} is there already. Name another file.");
        }

        return await RunAsync(installation, slug, file, Console.Out, cancellationToken);
    }

    internal static async Task<int> RunAsync(
        Installation installation, string slug, string file, TextWriter output, CancellationToken cancellationToken)
    {
        var businessId = await installation.BusinessIdAsync(slug, cancellationToken);
        var unfinished = file + ".part";
        try
        {
            var (manifest, sha256) = await WriteAsync(installation, businessId, unfinished, cancellationToken);
            File.Move(unfinished, file);
            await installation.Services.GetRequiredService<ExportRecord>().NoteAsync(manifest, sha256, null, cancellationToken);
            await output.WriteLineAsync($"""
                Exported {manifest.Business.Name}: {manifest.Rows:n0} rows of {manifest.Files.Count} tables, {new FileInfo(file).Length:n0} bytes
                  {file}
                  SHA-256 {sha256}
                Secrets stayed behind: {string.Join(", ", manifest.LeftOut)}
                """);
            return 0;
        }
        catch (Exception failed) when (failed is NpgsqlException or IOException or UnauthorizedAccessException)
        {
            throw new LocalSetupException("The export could not be made: " + failed.Message);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<(ExportManifest, string)> WriteAsync(
        Installation installation, Guid businessId, string file, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        using var sha256 = SHA256.Create();
        await using var hashed = new CryptoStream(stream, sha256, CryptoStreamMode.Write);
        var manifest = await installation.Services.GetRequiredService<BusinessExport>()
            .WriteAsync(businessId, hashed, cancellationToken);
        await hashed.FlushFinalBlockAsync(cancellationToken);
        return (manifest, Convert.ToHexStringLower(sha256.Hash!));
    }
}
