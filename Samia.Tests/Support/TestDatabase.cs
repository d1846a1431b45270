using Npgsql;
using Samia.Data;
using Samia.Local.Postgres;

namespace Samia.Tests.Support;

/// <summary>One database and the connection strings of its roles.</summary>
public sealed class TestDatabase(PostgresCluster cluster, string name)
{
    public string App => For(DatabaseRoles.App);
    public string Platform => For(DatabaseRoles.Platform);
    public string Owner => For(DatabaseRoles.Owner);

    /// <summary>Bypasses row-level security: only to look at what really is in a table.</summary>
    public string Superuser => For("postgres");

    /// <summary>Runs SQL as the superuser, to arrange or to look.</summary>
    public async Task<T> ScalarAsync<T>(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(Superuser);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql, params object[] parameters) =>
        await ScalarAsync<object?>(sql, parameters);

    private string For(string role) => cluster.ConnectionString(role, name, "Maximum Pool Size=10;Connection Idle Lifetime=5;Connection Pruning Interval=5");
}
