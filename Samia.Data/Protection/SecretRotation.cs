using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Samia.Data;

/// <summary>
/// Encrypts the stored secrets of one business anew, each column that the model marks as one, with the newest key. A
/// secret that somebody replaces meanwhile is left alone: it has the newest key already.
/// </summary>
public sealed class SecretRotation(IDbContextFactory<SamiaDbContext> contexts, SecretProtector protector, TenantContext tenant)
{
    /// <returns>How many secrets were encrypted anew.</returns>
    /// <exception cref="System.Security.Cryptography.CryptographicException">One does not open; those before it are done.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var count = 0;
        foreach (var (table, key, column) in SecretColumns(db.GetService<IDesignTimeModel>().Model))
        {
            foreach (var (id, old) in await ReadAsync(connection, table, key, column, cancellationToken))
            {
                var purpose = $"{table}.{column}";
                var renewed = protector.Protect(tenant.BusinessId, purpose, protector.Unprotect(tenant.BusinessId, purpose, old));
                await using var update = new NpgsqlCommand(
                    $"update {table} set {column} = $1 where {key} = $2 and {column} = $3", connection)
                {
                    Parameters = { new() { Value = renewed }, new() { Value = id }, new() { Value = old } },
                };
                count += await update.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        return count;
    }

    /// <summary>The columns that hold a ciphertext of <see cref="SecretProtector"/>.</summary>
    public static IEnumerable<(string Table, string Key, string Column)> SecretColumns(IModel model) =>
        from entity in model.GetEntityTypes()
        from property in entity.GetProperties()
        where property.IsSecret
        select (entity.GetTableName()!, entity.FindPrimaryKey()!.Properties[^1].GetColumnName(), property.GetColumnName());

    private static async Task<List<(Guid Id, string Old)>> ReadAsync(
        NpgsqlConnection connection, string table, string key, string column, CancellationToken cancellationToken)
    {
        await using var select = new NpgsqlCommand(
            $"select {key}, {column} from {table} where {column} is not null", connection);
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return rows;
    }
}
