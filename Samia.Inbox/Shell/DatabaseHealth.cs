using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Samia.Data;

namespace Samia.Inbox.Shell;

/// <summary>
/// The role <c>samia_app</c> can sign in and call what every policy calls, and a connection acts for nobody before it is
/// told for whom: a setting of the role or the database that names a business would open that one to everybody.
/// </summary>
internal sealed class AppDatabaseHealth(AppDataSource app) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var command = app.Value.CreateCommand("select app.current_business_id()");
        return await command.ExecuteScalarAsync(cancellationToken) is DBNull
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("A connection has a business before it was told one.");
    }
}

/// <summary>
/// The role <c>samia_platform</c> can sign in, and the schema has this build's migrations. A schema that has later ones
/// too is well: the nodes of the previous build go on serving while a new one is rolled out.
/// </summary>
internal sealed class PlatformDatabaseHealth(PlatformDataSource platform) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await HasThisBuildsSchemaAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : NotMigrated();
        }
        catch (PostgresException missing) when (
            missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return NotMigrated();
        }
    }

    private async Task<bool> HasThisBuildsSchemaAsync(CancellationToken cancellationToken)
    {
        await using var command = platform.Value.CreateCommand(
            """select exists (select from "__EFMigrationsHistory" where migration_id = $1)""");
        command.Parameters.Add(new() { Value = DatabaseMigrator.NewestMigration });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static HealthCheckResult NotMigrated() => HealthCheckResult.Unhealthy(
        "The schema is older than this build. Run the migrations.");
}
