using Npgsql;

namespace Samia.Tests.Data;

/// <summary>Short ways to ask a connection something, and to hear what it refuses.</summary>
public static class SqlProbes
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    extension(NpgsqlConnection connection)
    {
        public NpgsqlCommand Command(string sql, params object?[] parameters)
        {
            var command = new NpgsqlCommand(sql, connection);
            foreach (var parameter in parameters)
            {
                command.Parameters.Add(new() { Value = parameter ?? DBNull.Value });
            }

            return command;
        }

        public async Task<object?> ScalarAsync(string sql, params object?[] parameters)
        {
            await using var command = connection.Command(sql, parameters);
            return await command.ExecuteScalarAsync(Cancellation);
        }

        public async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] parameters)
        {
            await using var command = connection.Command(sql, parameters);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(Cancellation))
            {
                rows.Add(read(reader));
            }

            return rows;
        }

        public Task EnterAsync(Guid businessId) =>
            connection.ScalarAsync("select set_config('app.business_id', $1, false)", businessId.ToString());

        /// <summary>What Postgres says to it; null if it was done. Whatever it did is undone.</summary>
        public async Task<PostgresException?> RefusalAsync(string sql, params object?[] parameters)
        {
            await using var command = connection.Command(sql, parameters);
            return await connection.RefusalAsync(command);
        }

        /// <inheritdoc cref="RefusalAsync(NpgsqlConnection, string, object[])"/>
        public async Task<PostgresException?> RefusalAsync(NpgsqlCommand command)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            try
            {
                await command.ExecuteNonQueryAsync(Cancellation);
                // What is checked at the end is checked now.
                await connection.ScalarAsync("set constraints all immediate");
                return null;
            }
            catch (PostgresException refused)
            {
                return refused;
            }
        }

        /// <summary>How many rows it changed, or 0 if the role lacks the grant. Whatever it did is undone.</summary>
        public async Task<int> AffectedAsync(string sql, params object?[] parameters)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using var command = connection.Command(sql, parameters);
            try
            {
                return await command.ExecuteNonQueryAsync(Cancellation);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                return 0;
            }
        }
    }
}
