using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;

namespace Samia.Bench;

/// <summary>
/// Hears every statement that the product sends as <c>samia_app</c>, whichever way, from Npgsql's own tracing, so that
/// what is measured and explained is what is really asked.
/// </summary>
internal sealed class SqlRecorder : IDisposable
{
    private readonly ActivityListener _listener = new()
    {
        ShouldListenTo = source => source.Name == "Npgsql",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    };

    private ConcurrentQueue<RecordedStatement> _statements = new();

    public SqlRecorder() => ActivitySource.AddActivityListener(_listener);

    /// <summary>Replaces the pool of <c>samia_app</c> by one that tells this recorder.</summary>
    public void Attach(IServiceCollection services, string appConnectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(appConnectionString);
        builder.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(Note).ConfigureBatchFilter(Note));
        services.AddSingleton(_ => new AppDataSource(builder.Build()));
    }

    /// <summary>What was sent while the work ran, without the statements that name the tenant.</summary>
    public async Task<IReadOnlyList<RecordedStatement>> DuringAsync(Func<Task> work)
    {
        _statements = new ConcurrentQueue<RecordedStatement>();
        await work();
        return [.. _statements];
    }

    public void Dispose() => _listener.Dispose();

    private bool Note(NpgsqlCommand command)
    {
        Note(command.CommandText, command.Parameters, plannedOnce: false);
        return false;
    }

    private bool Note(NpgsqlBatch batch)
    {
        var commands = batch.BatchCommands.Cast<NpgsqlBatchCommand>().ToList();
        var plannedOnce = commands.Exists(c => c.CommandText.Contains("force_generic_plan", StringComparison.Ordinal));
        foreach (var command in commands)
        {
            Note(command.CommandText, command.Parameters, plannedOnce);
        }

        return false;
    }

    private void Note(string sql, NpgsqlParameterCollection parameters, bool plannedOnce)
    {
        if (!sql.Contains("app.business_id", StringComparison.Ordinal))
        {
            _statements.Enqueue(new RecordedStatement(sql, [.. parameters.Select(p => p.Clone())], plannedOnce));
        }
    }
}
