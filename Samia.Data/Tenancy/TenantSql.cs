using Npgsql;

namespace Samia.Data;

/// <summary>
/// Reads by hand-written SQL as the tenant of its scope, for the few reads where a round trip counts: the tenant's
/// setting travels in the same batch as the query. A statement is planned once per connection and not for each tenant:
/// what is read here is written for one plan, which tests hold.
/// </summary>
public sealed class TenantSql(AppDataSource source, TenantContext tenant)
{
    /// <param name="sql">One statement with the parameters <c>$1</c>, <c>$2</c>, …</param>
    /// <param name="parameters">Their values, in order.</param>
    /// <param name="read">Makes a row of what stands under the reader.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="NoTenantException">Nobody has entered a business in this scope.</exception>
    public async Task<List<T>> ReadAsync<T>(
        string sql, IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken)
    {
        var setTenant = new NpgsqlBatchCommand(
            TenantConnectionInterceptor.SetTenantSql + ", set_config('plan_cache_mode', 'force_generic_plan', false)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.BusinessId.ToString() } },
        };
        var query = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            query.Parameters.Add(parameter);
        }

        await using var connection = await source.Value.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { setTenant, query } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
