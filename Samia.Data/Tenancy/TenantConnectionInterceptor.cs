using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Samia.Data;

/// <summary>
/// Tells Postgres whose rows a connection may see, each time one is opened. Npgsql discards a connection's settings
/// when it returns to the pool, so nothing is left for the next tenant.
/// </summary>
internal sealed class TenantConnectionInterceptor : DbConnectionInterceptor
{
    public const string SetTenantSql = "select set_config('app.business_id', $1, false)";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = SetTenant(connection, eventData);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = SetTenant(connection, eventData);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand SetTenant(DbConnection connection, ConnectionEndEventData eventData)
    {
        var tenant = ((SamiaDbContext)eventData.Context!).Tenant;
        return new NpgsqlCommand(SetTenantSql, (NpgsqlConnection)connection)
        {
            Parameters = { new() { Value = tenant.BusinessId.ToString() } },
        };
    }
}
