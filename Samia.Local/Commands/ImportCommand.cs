using Npgsql;
using Samia.Local.Transfer;

namespace Samia.Local.Commands;

/// <summary><c>./samia import FILE.zip [--slug NEW]</c>: brings an exported business into this installation.</summary>
internal static class ImportCommand
{
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var slug = reader.Value("--slug");
        await using var installation = Installation.Open(reader);
        var file = reader.Left is [var only] && !only.StartsWith("--", StringComparison.Ordinal) ? only : null;
        if (file is null)
        {
            reader.Finish("import");
            throw new UsageException("import needs the file of an export.");
        }

        return await RunAsync(installation, file, slug, Console.Out, cancellationToken);
    }

    internal static async Task<int> RunAsync(
        Installation installation, string file, string? slug, TextWriter output, CancellationToken cancellationToken)
    {
        using var archive = await ImportArchive.OpenAsync(file, cancellationToken);
        try
        {
            Print(output, archive, await new BusinessImport(archive, installation).RunAsync(slug, cancellationToken));
            return 0;
        }
        catch (NpgsqlException failed)
        {
            throw new LocalSetupException("Nothing was imported: " + failed.Message);
        }
    }

    private static void Print(TextWriter output, ImportArchive archive, ImportReport report)
    {
        output.WriteLine($"Imported {archive.Manifest.Business.Name} as '{report.Slug}': {report.Taken.Values.Sum():n0} rows of {report.Taken.Count} tables.");
        foreach (var (table, why) in ImportRules.NotTaken.Where(n => archive.Manifest.Files.Any(f => f.Table == n.Key && f.Rows > 0)))
        {
            output.WriteLine($"  Not taken over: {table} ({why}).");
        }

        output.WriteLine(report.IsChainUnbroken
            ? "  Its activity log is, row for row, the one that was exported."
            : "  Its activity log is not the one that the export's hash names: it was chained anew, and says so in its last row.");
        output.WriteLine("""
              Secrets stayed behind: connect its WhatsApp number again, and make its API tokens and webhook secrets anew.
            """);
        if (report.NewSignIns.Count > 0)
        {
            output.WriteLine($"  {report.NewSignIns.Count} people have no password here yet; each sets one by \"Forgotten password\" on the sign-in page:");
            output.WriteLine("    " + string.Join("\n    ", report.NewSignIns));
        }
    }
}
