using System.Globalization;
using System.Text.Json;
using Samia.Bench;

var asJson = args.Contains("--json");
var chosen = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
var rows = Benchmarks.All.Where(r => chosen.Count == 0 || chosen.Contains(r.Name)).ToList();
if (chosen.Except(Benchmarks.All.Select(r => r.Name)).FirstOrDefault() is { } unknown)
{
    await Console.Error.WriteLineAsync(
        $"There is no row '{unknown}'. Rows: {string.Join(", ", Benchmarks.All.Select(r => r.Name))}");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
await using var cluster = await BenchCluster.StartAsync(stop.Token);
var results = new List<BenchResult>();
foreach (var row in rows)
{
    await Console.Error.WriteLineAsync($"measuring {row.Name} …");
    results.Add(await row.MeasureAsync(cluster, stop.Token));
}

if (asJson)
{
    Console.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
    return 0;
}

Console.WriteLine();
Console.WriteLine($"{"row",-24}{"ratio",8}  {"aim",-14}{"holds",-7}note");
foreach (var result in results)
{
    Console.WriteLine(
        $"{result.Name,-24}{result.Ratio.ToString("0.00", CultureInfo.InvariantCulture),8}  {result.Aim,-14}{(result.Holds ? "yes" : "no"),-7}{result.Note}");
}

Console.WriteLine("""

    Each ratio is Samia's figure over that of the thing beside it, measured in turns in one run on this machine.
    For webhook-ingest more is better; for the others, which are times, less is better.
    """);
return 0;
