using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Local.Legacy;

namespace Samia.Local.Commands;

/// <summary>
/// <c>./samia import-legacy --from CONNECTION --business SLUG [--dry-run] [--report FILE]</c>: takes a database of the old
/// shape into one business. Without <c>--from</c> the connection is <c>ConnectionStrings__Legacy</c>, which no list of
/// processes shows.
/// </summary>
internal static class ImportLegacyCommand
{
    /// <summary>Everything was done, and some rows were refused.</summary>
    public const int SomeRefused = 3;

    /// <returns>0, or <see cref="SomeRefused"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var from = reader.Value("--from") ?? Environment.GetEnvironmentVariable("ConnectionStrings__Legacy")
            ?? throw new UsageException("import-legacy needs --from CONNECTION.");
        var slug = reader.Value("--business") ?? throw new UsageException("import-legacy needs --business SLUG.");
        var isDryRun = reader.Switch("--dry-run");
        var report = Path.GetFullPath(reader.Value("--report") ?? $"{slug}-legacy-{(isDryRun ? "dry-run" : "refused")}.jsonl");
        await using var installation = Installation.Open(reader);
        reader.Finish("import-legacy");
        // What it comes to is said below the bars, once they stand still.
        await using var summary = new StringWriter();
        var exitCode = 0;
        try
        {
            await ProgressBars.RunAsync(async bars =>
                exitCode = await RunAsync(installation, from, slug, isDryRun, report, bars.Bar, summary, cancellationToken));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(isDryRun ? "Stopped. Nothing was written." : "Stopped. Running it again goes on from here.");
            throw;
        }

        await Console.Out.WriteAsync(summary.ToString());
        return exitCode;
    }

    internal static async Task<int> RunAsync(
        Installation installation, string from, string slug, bool isDryRun, string report, Func<string, long, IProgress<int>> bar,
        TextWriter output, CancellationToken cancellationToken)
    {
        var businessId = await installation.BusinessIdAsync(slug, cancellationToken);
        await using var source = await LegacySource.OpenAsync(from, cancellationToken);
        await source.VerifyAsync(cancellationToken);
        try
        {
            await using var target = await LegacyTarget.OpenAsync(installation.OwnerConnection, businessId, isDryRun, cancellationToken);
            var outcome = await new LegacyImporter(source, target, report, installation.Services.GetRequiredService<TimeProvider>())
                .RunAsync(bar, cancellationToken);
            Print(output, outcome, isDryRun, report);
            return outcome.Refused > 0 ? SomeRefused : 0;
        }
        catch (NpgsqlException failed)
        {
            throw new LocalSetupException($"The import stopped: {failed.Message}. What it took is kept, and running it again goes on from there.");
        }
    }

    private static void Print(TextWriter output, LegacyOutcome outcome, bool isDryRun, string report)
    {
        output.WriteLine(isDryRun ? "This was a dry run: nothing was written. An import would come to this."
            : outcome.WentOn ? "Went on where an earlier import was interrupted, and finished."
            : "Imported.");
        foreach (var tally in outcome.Tallies.OrderBy(t => t.Table, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {tally.Table,-20} {tally.Taken,12:n0} taken, {outcome.Added.GetValueOrDefault(tally.Table):n0} of them new; {tally.Refused:n0} refused"));
        }

        output.WriteLine(outcome.Refused == 0 ? "No row was refused." : $"Each refused row and why: {report}");
    }
}
