using Npgsql;

namespace Samia.Data;

/// <summary>
/// What only a superuser can do before the first migration: the roles, a database that the owner owns, and
/// <see cref="DatabaseLockdown"/>.
/// </summary>
public static class DatabaseSetup
{
    /// <summary>May be run any number of times, which sets the passwords anew.</summary>
    /// <param name="superuserConnection">Signs in as a superuser, to any database.</param>
    /// <param name="database">Created where missing. From Postgres 15 its public schema belongs to its owner.</param>
    /// <param name="password">The password of each role.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task PrepareAsync(
        string superuserConnection, string database, Func<string, string> password, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(superuserConnection + ";Pooling=false");
        await using var roles = source.CreateCommand(DatabaseRoles.CreateScript(password));
        await roles.ExecuteNonQueryAsync(cancellationToken);
        if (!await ExistsAsync(source, database, cancellationToken))
        {
            await using var create = source.CreateCommand(
                $"create database {Quoted(database)} owner {DatabaseRoles.Owner} template template0 encoding 'UTF8' "
                + "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'");
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        var inDatabase = new NpgsqlConnectionStringBuilder(superuserConnection) { Database = database, Pooling = false };
        await DatabaseLockdown.ApplyAsync(inDatabase.ConnectionString, cancellationToken);
    }

    private static async Task<bool> ExistsAsync(
        NpgsqlDataSource source, string database, CancellationToken cancellationToken)
    {
        await using var exists = source.CreateCommand("select exists (select from pg_database where datname = $1)");
        exists.Parameters.Add(new() { Value = database });
        return (bool)(await exists.ExecuteScalarAsync(cancellationToken))!;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"")}\"";
}
