using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Inbox;

namespace Samia.Bench;

/// <summary>
/// What policies cost: the ten hottest statements of the product as <c>samia_app</c> with row-level security, beside the
/// same statements as the owner without it. Both sides keep one connection open for a pass over the ten, with the product's settings.
/// </summary>
internal sealed class RlsCost : IBenchmark
{
    private const int Conversations = 1_000_000;
    private const int Passes = 31;
    private const int Rounds = 120;

    public string Name => "rls-cost";

    public async Task<BenchResult> MeasureAsync(BenchCluster cluster, CancellationToken cancellationToken)
    {
        var business = await cluster.BusinessOfSizeAsync(Conversations, cancellationToken);
        var queries = await CollectAsync(cluster, business, cancellationToken);
        var passes = new List<IReadOnlyList<(double Ours, double Theirs)>>();
        while (passes.Count < Passes)
        {
            passes.Add(await PassAsync(cluster, business, queries, cancellationToken));
        }

        var ratios = new List<(string Name, double Ratio)>();
        foreach (var (i, query) in queries.Index())
        {
            double Median(Func<(double Ours, double Theirs), double> of) => Sides.Median([.. passes.Select(p => of(p[i]))]);
            ratios.Add((query.Name, Median(p => p.Ours / p.Theirs)));
            await Console.Error.WriteLineAsync(
                $"  {query.Name,-26}{ratios[^1].Ratio,6:0.00}  {Median(p => p.Ours):0} µs beside {Median(p => p.Theirs):0} µs");
        }

        var ratio = Sides.Median([.. ratios.Select(r => r.Ratio)]);
        var (worst, best) = (ratios.MaxBy(r => r.Ratio), ratios.MinBy(r => r.Ratio));
        return new BenchResult(Name, ratio, "at most 1.05", ratio <= 1.05,
            $"median of {ratios.Count} statements, from {best.Ratio:0.00} ({best.Name}) to {worst.Ratio:0.00} ({worst.Name}), each the median of {Passes} passes of {Rounds} turns");
    }

    // On connections of its own: where the system puts their two servers makes more difference than a policy.
    private static async Task<IReadOnlyList<(double Ours, double Theirs)>> PassAsync(
        BenchCluster cluster, FilledBusiness business, IReadOnlyList<HotQuery> queries, CancellationToken cancellationToken)
    {
        await using var app = await OpenAppAsync(cluster, business, cancellationToken);
        await using var unguarded = await UnguardedSide.OpenAsync(cluster.Owner, business.Id, cancellationToken);
        var times = new List<(double, double)>();
        foreach (var query in queries)
        {
            foreach (var connection in (NpgsqlConnection[])[app, unguarded.Connection])
            {
                await using var plans = new NpgsqlCommand(
                    $"set plan_cache_mode = {(query.Statement.PlannedOnce ? "force_generic_plan" : "auto")}", connection);
                await plans.ExecuteNonQueryAsync(cancellationToken);
            }

            var without = unguarded.WithoutPolicies(query.Statement);
            times.Add(await Sides.CompareAsync(() => ReadAsync(query.Statement, app, cancellationToken),
                () => ReadAsync(without, unguarded.Connection, cancellationToken), Rounds, cancellationToken));
        }

        return times;
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
