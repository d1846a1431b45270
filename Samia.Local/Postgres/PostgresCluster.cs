using System.Net;
using System.Net.Sockets;
using Npgsql;
using Samia.Data;

namespace Samia.Local.Postgres;

/// <summary>
/// A private Postgres cluster in a directory, made and run with the machine's own binaries. It listens on 127.0.0.1
/// only, and its roles have random passwords that are kept beside the data.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Superuser = "postgres";
    private readonly PostgresBinaries _binaries;
    private readonly string _data;
    private readonly string _passwordFile;
    private readonly string _password;

    private PostgresCluster(PostgresBinaries binaries, string directory, int port)
    {
        _binaries = binaries;
        _data = Path.Combine(directory, "data");
        _passwordFile = Path.Combine(directory, "password");
        _password = File.Exists(_passwordFile)
            ? File.ReadAllText(_passwordFile)
            : Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));
        Port = port;
    }

    public int Port { get; }

    /// <summary>Makes the cluster if the directory has none, and starts it on a free port.</summary>
    /// <param name="directory">Holds the data, the log and the password; it must not be on a shared file system.</param>
    /// <param name="durable">False turns fsync off, for tests of anything but durability.</param>
    /// <param name="cancellationToken">Stops waiting; a started server is left for <see cref="DisposeAsync"/>.</param>
    /// <exception cref="LocalSetupException">A sentence says what is missing, and what to do about it.</exception>
    public static async Task<PostgresCluster> StartAsync(
        string directory, bool durable, CancellationToken cancellationToken)
    {
        var cluster = new PostgresCluster(PostgresBinaries.Find(), Path.GetFullPath(directory), FreePort());
        if (!File.Exists(Path.Combine(cluster._data, "PG_VERSION")))
        {
            await cluster.InitializeAsync(directory, cancellationToken);
        }

        await cluster.StopLeftoverAsync(cancellationToken);
        await cluster.StartServerAsync(durable, cancellationToken);
        return cluster;
    }

    /// <summary>Creates the database, its roles and its schema where missing.</summary>
    /// <returns>The names of the migrations that were applied.</returns>
    public async Task<IReadOnlyList<string>> PrepareDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await using (var source = NpgsqlDataSource.Create(ConnectionString(Superuser, "postgres")))
        {
            await using var roles = source.CreateCommand(DatabaseRoles.CreateScript(_ => _password));
            await roles.ExecuteNonQueryAsync(cancellationToken);
            await using var exists = source.CreateCommand("select from pg_database where datname = $1");
            exists.Parameters.Add(new() { Value = database });
            if (await exists.ExecuteReaderAsync(cancellationToken) is var reader && !reader.HasRows)
            {
                await reader.DisposeAsync();
                await using var create = source.CreateCommand(
                    $"create database {database} owner {DatabaseRoles.Owner} template template0 encoding 'UTF8' "
                    + "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'");
                await create.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        // From version 15 the public schema belongs to the database's owner already; earlier ones do not run Samia.
        return await DatabaseMigrator.MigrateAsync(ConnectionString(DatabaseRoles.Owner, database), cancellationToken);
    }

    /// <param name="role">One of <see cref="DatabaseRoles"/>, or <c>postgres</c>, the superuser that bypasses RLS.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="options">More settings, such as <c>Maximum Pool Size=4</c>.</param>
    public string ConnectionString(string role, string database, string options = "") =>
        $"Host=127.0.0.1;Port={Port};Database={database};Username={role};Password={_password};{options}";

    /// <summary>Stops the server and keeps the data.</summary>
    public async ValueTask DisposeAsync() =>
        await _binaries.RunAsync("pg_ctl", ["stop", "-D", _data, "-m", "fast", "-w"], CancellationToken.None);

    private async Task InitializeAsync(string directory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(_passwordFile, _password, cancellationToken);
        _binaries.GiveToServerUser(directory);
        await _binaries.RunOrThrowAsync("initdb",
        [
            "-D", _data, "-U", Superuser, "--pwfile", _passwordFile, "-A", "scram-sha-256", "-E", "UTF8",
            "--locale", "C.UTF-8", "--no-instructions",
        ], cancellationToken);
        File.SetUnixFileMode(_passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task StopLeftoverAsync(CancellationToken cancellationToken)
    {
        if (await _binaries.RunAsync("pg_ctl", ["status", "-D", _data], cancellationToken) is { ExitCode: 0 })
        {
            await _binaries.RunOrThrowAsync("pg_ctl", ["stop", "-D", _data, "-m", "fast", "-w"], cancellationToken);
        }
    }

    private async Task StartServerAsync(bool durable, CancellationToken cancellationToken)
    {
        var settings = $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories= "
            + "-c max_connections=200 -c shared_buffers=512MB -c max_wal_size=4GB -c logging_collector=off "
            + (durable ? "" : "-c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        await _binaries.RunOrThrowAsync("pg_ctl",
            ["start", "-D", _data, "-w", "-t", "60", "-l", Path.Combine(_data, "server.log"), "-o", settings],
            cancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
