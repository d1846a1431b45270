using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Samia.Data;

namespace Samia.Local.Commands;

/// <summary><c>./samia verify-audit</c>: finds what was changed in, or is missing from, the activity logs.</summary>
internal static class VerifyAuditCommand
{
    /// <returns>0 if every log is whole, 1 if one is not.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var slug = reader.Value("--business");
        await using var installation = Installation.Open(reader);
        reader.Finish("verify-audit");
        return await RunAsync(installation, slug, Console.Out, cancellationToken);
    }

    internal static async Task<int> RunAsync(
        Installation installation, string? slug, TextWriter output, CancellationToken cancellationToken)
    {
        var platform = installation.Services.GetRequiredService<PlatformDataSource>();
        var business = slug is null ? (Guid?)null : await installation.BusinessIdAsync(slug, cancellationToken);
        var verification = new ActivityVerification(platform);
        var problems = await verification.FindProblemsAsync(business, cancellationToken);
        foreach (var (where, sequence, problem) in problems)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{where}: row {sequence}: {problem}"));
        }

        foreach (var (where, length, hash) in await verification.EndsAsync(business, cancellationToken))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{where}: {length} rows, ending in {hash}"));
        }

        await output.WriteLineAsync(problems.Count == 0 ? "Every log is whole." : "The log is NOT what it was.");
        return problems.Count == 0 ? 0 : 1;
    }
}
