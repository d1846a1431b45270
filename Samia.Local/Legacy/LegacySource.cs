using System.Runtime.CompilerServices;
using Npgsql;

namespace Samia.Local.Legacy;

/// <summary>The old database, read only and as it was at one moment. Rows stream through one by one.</summary>
internal sealed class LegacySource : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly Dictionary<string, Dictionary<string, string>> _columns = [];

    private LegacySource(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Names the database whatever address it was reached by; a restored copy is another one.</summary>
    public required string Identity { get; init; }

    /// <exception cref="LocalSetupException">It cannot be reached. The message never holds the connection string.</exception>
    public static async Task<LegacySource> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection();
        try
        {
            connection.ConnectionString = new NpgsqlConnectionStringBuilder(connectionString)
            {
                ApplicationName = "samia import-legacy", CommandTimeout = 0, Pooling = false, PersistSecurityInfo = false,
            }.ConnectionString;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // What is wrong with it may be where the password stands, so it is not repeated.
            throw new LocalSetupException("--from is no connection string. It looks like Host=…;Port=5432;Database=…;Username=…;Password=…");
        }

        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, """
                begin transaction isolation level repeatable read, read only;
                select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true), set_config('extra_float_digits', '1', true)
                """, cancellationToken);
            return new LegacySource(connection) { Identity = await IdentityAsync(connection, cancellationToken) };
        }
        catch (NpgsqlException failed)
        {
            await connection.DisposeAsync();
            throw new LocalSetupException("The old database cannot be read: " + failed.Message);
        }
    }

    /// <summary>Compares the tables with the old shape.</summary>
    /// <exception cref="LocalSetupException">They differ; the message names everything that is missing.</exception>
    public async Task VerifyAsync(CancellationToken cancellationToken)
    {
        List<string> wrong = [];
        foreach (var table in LegacyTables.All)
        {
            var columns = _columns[table.Name] = await ColumnsAsync(table.Name, cancellationToken);
            var missing = table.Required.Prepend("id").Where(c => !columns.ContainsKey(c)).ToList();
            wrong.AddRange(
                columns.Count == 0 ? [$"it has no table {table.Name}"]
                : columns.ContainsKey("business_id") ? [$"{table.Name} has a business_id, so it is no database of one business"]
                : missing.Count > 0 ? [$"{table.Name} has no {string.Join(", ", missing)}"]
                : await AreKeysUniqueAsync(table.Name, cancellationToken) ? []
                : [$"the id of {table.Name} is missing in some rows or not unique"]);
        }

        if (wrong.Count > 0)
        {
            throw new LocalSetupException($"The old database has another shape: {string.Join("; ", wrong)}. See docs/LEGACY.md.");
        }
    }

    /// <summary>How many rows come after a key, or all.</summary>
    public async Task<long> CountAsync(LegacyTable table, string? after, CancellationToken cancellationToken)
    {
        await using var count = Command($"select count(*) from {table.Name} t {After(table, after)}", after);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The rows after a key, or all, in the order of their keys.</summary>
    public async IAsyncEnumerable<LegacyRow> ReadAsync(
        LegacyTable table, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var columns = Selected(table);
        var names = columns.Select((c, i) => (c.Name, i)).ToDictionary(c => c.Name, c => c.i);
        // By their text, because old schemas are not always of one mind about the type of an id.
        var joins = table.References.Select(r => $"left join {r.Table} {r.Alias} on {r.Alias}.id::text = t.{r.Column}::text");
        await using var command = Command($"""
            select {string.Join(", ", columns.Select(c => c.Sql))} from {table.Name} t {string.Join(' ', joins)}
            {After(table, after)} order by t.id
            """, after);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new string?[columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
            }

            yield return new LegacyRow(names, values);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private List<(string Name, string Sql)> Selected(LegacyTable table) =>
    [
        .. table.Required.Prepend("id").Concat(table.Optional)
            .Select(c => (c, _columns[table.Name].ContainsKey(c) ? $"t.{c}::text" : "null::text")),
        .. table.References.SelectMany(r => r.Columns.Prepend("id").Select(c => ($"{r.Alias}.{c}", $"{r.Alias}.{c}::text"))),
    ];

    private string After(LegacyTable table, string? after) => after is null ? "" : $"where t.id > $1::{_columns[table.Name]["id"]}";

    private NpgsqlCommand Command(string sql, string? after)
    {
        var command = new NpgsqlCommand(sql, _connection);
        if (after is not null)
        {
            command.Parameters.Add(new() { Value = after });
        }

        return command;
    }

    private async Task<Dictionary<string, string>> ColumnsAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            select attname::text, format_type(atttypid, null) from pg_attribute
            where attrelid = to_regclass($1) and attnum > 0 and not attisdropped
            """, _connection) { Parameters = { new() { Value = table } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            columns[reader.GetString(0)] = reader.GetString(1);
        }

        return columns;
    }

    private async Task<bool> AreKeysUniqueAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select count(*) = count(distinct id) from {table}", _connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<string> IdentityAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var may = new NpgsqlCommand("select has_function_privilege('pg_control_system()', 'execute')", connection);
        var mayAsk = (bool)(await may.ExecuteScalarAsync(cancellationToken))!;
        await using var identity = new NpgsqlCommand($"""
            select {(mayAsk ? "(select system_identifier::text from pg_control_system())" : "$1::text")} || '/' || current_database() || '/' || coalesce(current_schema(), '')
            """, connection);
        if (!mayAsk)
        {
            identity.Parameters.Add(new() { Value = $"{connection.Host}:{connection.Port}" });
        }

        return (string)(await identity.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
