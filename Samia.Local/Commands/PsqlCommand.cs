using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Samia.Data;
using Samia.Local.Postgres;
using Samia.Local.Up;

namespace Samia.Local.Commands;

/// <summary><c>./samia psql</c>: the machine's psql on the local database, as one of Samia's roles.</summary>
internal static class PsqlCommand
{
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["owner"] = DatabaseRoles.Owner,
        ["app"] = DatabaseRoles.App,
        ["platform"] = DatabaseRoles.Platform,
        // Bypasses row-level security, to look at what really is in the tables.
        ["superuser"] = "postgres",
    };

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var reader = new OptionReader(arguments);
        var home = LocalHome.Open(reader.Value("--home"));
        var asked = reader.Value("--as") ?? "owner";
        var business = reader.Value("--business");
        if (!Roles.TryGetValue(asked, out var role))
        {
            throw new UsageException($"--as must be owner, app, platform or superuser, not '{asked}'.");
        }

        var cluster = home.PostgresDirectory is { } directory ? PostgresCluster.Running(directory) : null;
        if (cluster is null)
        {
            throw new LocalSetupException($"Nothing runs from {home.Directory}. Start it with ./samia up.");
        }

        var start = new ProcessStartInfo(cluster.PathOf("psql"), reader.Left);
        start.Environment["PGHOST"] = "127.0.0.1";
        start.Environment["PGPORT"] = cluster.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGDATABASE"] = LocalSamia.Database;
        start.Environment["PGUSER"] = role;
        start.Environment["PGPASSWORD"] = cluster.Password;
        if (business is not null)
        {
            start.Environment["PGOPTIONS"] =
                $"-c app.business_id={await BusinessIdAsync(cluster, business, cancellationToken)}";
        }

        using var psql = Process.Start(start)!;
        // psql handles Ctrl-C itself: it ends a query and not the session.
        await psql.WaitForExitAsync(CancellationToken.None);
        return psql.ExitCode;
    }

    private static async Task<Guid> BusinessIdAsync(
        PostgresCluster cluster, string slug, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            cluster.ConnectionString(DatabaseRoles.Platform, LocalSamia.Database, "Pooling=false"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select id from businesses where slug = $1", connection)
        {
            Parameters = { new() { Value = slug } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is Guid id
            ? id
            : throw new UsageException($"There is no business with the slug '{slug}'.");
    }
}
