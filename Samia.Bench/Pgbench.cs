using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Samia.Local.Postgres;

namespace Samia.Bench;

/// <summary>Postgres's own load tool.</summary>
internal static partial class Pgbench
{
    /// <returns>Transactions per second of <paramref name="script"/>.</returns>
    public static async Task<double> RunAsync(
        string connectionString, string script, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancellationToken);
            var start = new ProcessStartInfo(PostgresBinaries.Find().PathOf("pgbench"),
            [
                "-n", "-M", "prepared", "-h", settings.Host!, "-p", $"{settings.Port}", "-U", settings.Username!,
                "-c", $"{clients}", "-j", $"{Math.Min(clients, Environment.ProcessorCount)}",
                "-T", $"{duration.TotalSeconds:0}", "-f", file, settings.Database!,
            ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["PGPASSWORD"] = settings.Password },
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            var tps = Tps().Match(output);
            return tps.Success
                ? double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"pgbench failed: {output}{await errors}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}
