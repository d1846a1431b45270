using Npgsql;

namespace Samia.Local.Legacy;

/// <summary>
/// The business that takes the old rows in. It is written as <c>samia_owner</c>, who like everybody else sees and writes
/// the rows of one business only. Policies forbid COPY into the tables themselves, so rows are copied into temporary
/// ones. A dry run is one transaction that is never committed.
/// </summary>
internal sealed class LegacyTarget : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _dryRun;

    private LegacyTarget(NpgsqlConnection connection) => _connection = connection;

    public bool IsDryRun => _dryRun is not null;

    /// <exception cref="LocalSetupException">Another import of the business runs.</exception>
    public static async Task<LegacyTarget> OpenAsync(
        string ownerConnection, Guid businessId, bool isDryRun, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnection) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        var target = new LegacyTarget(connection);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await target.ExecuteAsync("select set_config('app.business_id', $1, false), set_config('timezone', 'UTC', false)",
                [businessId.ToString()], cancellationToken);
            if (!await target.ScalarAsync<bool>("select pg_try_advisory_lock(hashtextextended('import-legacy ' || $1, 0))",
                [businessId.ToString()], cancellationToken))
            {
                throw new LocalSetupException("Another import into this business is running.");
            }

            foreach (var stage in LegacyTables.All.SelectMany(t => t.Stages))
            {
                await target.ExecuteAsync(stage.Ddl, [], cancellationToken);
            }

            await target.ExecuteAsync("""
                create temporary table legacy_employees as
                select lower(btrim(name)) as name, (array_agg(id))[1] as id from employees group by 1 having count(*) = 1
                """, [], cancellationToken);
            target._dryRun = isDryRun ? await connection.BeginTransactionAsync(cancellationToken) : null;
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    /// <summary>All of it or nothing; and in a dry run nothing, once the target is disposed of.</summary>
    public async Task InTransactionAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        const string Step = "step";
        if (_dryRun is null)
        {
            await using var transaction = await _connection.BeginTransactionAsync(cancellationToken);
            await work();
            await transaction.CommitAsync(cancellationToken);
            return;
        }

        await _dryRun.SaveAsync(Step, cancellationToken);
        try
        {
            await work();
            await _dryRun.ReleaseAsync(Step, cancellationToken);
        }
        catch (PostgresException)
        {
            await _dryRun.RollbackAsync(Step, cancellationToken);
            throw;
        }
    }

    /// <summary>Copies rows into their stages, in place of what was there.</summary>
    public async Task StageAsync(LegacyTable table, IReadOnlyList<LegacyTaking> takings, CancellationToken cancellationToken)
    {
        foreach (var stage in table.Stages)
        {
            await ExecuteAsync($"truncate {stage.Name}", [], cancellationToken);
            var rows = takings.SelectMany(t => t.Rows).Where(r => r.Stage == stage).Select(r => r.Values).ToList();
            if (rows.Count == 0)
            {
                continue;
            }

            await using var copy = await _connection.BeginBinaryImportAsync(stage.Copy, cancellationToken);
            foreach (var row in rows)
            {
                await copy.WriteRowAsync(cancellationToken, row);
            }

            await copy.CompleteAsync(cancellationToken);
        }
    }

    /// <returns>How many rows were affected.</returns>
    public async Task<int> ExecuteAsync(string sql, IReadOnlyList<object> parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T> ScalarAsync<T>(string sql, IReadOnlyList<object> parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<List<T>> ReadAsync<T>(
        string sql, IReadOnlyList<object> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (_dryRun is not null)
        {
            await _dryRun.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    private NpgsqlCommand Command(string sql, IReadOnlyList<object> parameters)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
