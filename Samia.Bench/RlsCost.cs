using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Inbox;

namespace Samia.Bench;

/// <summary>
/// What policies cost: the ten hottest statements of the product as <c>samia_app</c> with row-level security, beside the
/// same statements as the owner without it. Both sides keep one connection open, with the product's settings.
/// </summary>
internal sealed class RlsCost : IBenchmark
{
    private const int Conversations = 1_000_000;
    private const int Rounds = 1000;

    public string Name => "rls-cost";

    public async Task<BenchResult> MeasureAsync(BenchCluster cluster, CancellationToken cancellationToken)
    {
        var business = await cluster.BusinessOfSizeAsync(Conversations, cancellationToken);
        var queries = await CollectAsync(cluster, business, cancellationToken);
        await using var app = await OpenAppAsync(cluster, business, cancellationToken);
        await using var unguarded = await UnguardedSide.OpenAsync(cluster.Owner, business.Id, cancellationToken);
        var ratios = new List<(string Name, double Ratio)>();
        foreach (var query in queries)
        {
            foreach (var connection in (NpgsqlConnection[])[app, unguarded.Connection])
            {
                await using var plans = new NpgsqlCommand(
                    $"set plan_cache_mode = {(query.Statement.PlannedOnce ? "force_generic_plan" : "auto")}", connection);
                await plans.ExecuteNonQueryAsync(cancellationToken);
            }

            var without = unguarded.WithoutPolicies(query.Statement);
            var (ours, theirs) = await Sides.CompareAsync(() => ReadAsync(query.Statement, app, cancellationToken),
                () => ReadAsync(without, unguarded.Connection, cancellationToken), Rounds, cancellationToken);
            ratios.Add((query.Name, ours / theirs));
            await Console.Error.WriteLineAsync($"  {query.Name,-26}{ours / theirs,6:0.00}  {ours:0} µs beside {theirs:0} µs");
        }

        var ratio = Sides.Median([.. ratios.Select(r => r.Ratio)]);
        var (worst, best) = (ratios.MaxBy(r => r.Ratio), ratios.MinBy(r => r.Ratio));
        return new BenchResult(Name, ratio, "at most 1.05", ratio <= 1.05,
            $"median of {ratios.Count} statements, from {best.Ratio:0.00} ({best.Name}) to {worst.Ratio:0.00} ({worst.Name}), each the median of {Rounds}");
    }

    private static async Task<IReadOnlyList<HotQuery>> CollectAsync(
        BenchCluster cluster, FilledBusiness business, CancellationToken cancellationToken)
    {
        using var recorder = new SqlRecorder();
        await using var app = cluster.BuildInbox(services => recorder.Attach(services, cluster.App));
        return await HotQuery.CollectAsync(app.Services, recorder, business.Id, business.EmployeeId, cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAppAsync(
        BenchCluster cluster, FilledBusiness business, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(cluster.App + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var enter = new NpgsqlCommand("select set_config('app.business_id', $1, false)", connection);
        enter.Parameters.Add(new() { Value = business.Id.ToString() });
        await enter.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }

    private static async Task ReadAsync(RecordedStatement statement, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = statement.On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // The rows are fetched, which is what is measured.
        }
    }
}
