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

    public int Port { get; private set; }

    /// <summary>What the server logs.</summary>
    public string LogFile => Path.Combine(_data, "server.log");

    /// <summary>Makes the cluster if the directory has none, and starts it on a free port.</summary>
    /// <param name="directory">Holds the data, the log and the password; it must not be on a shared file system.</param>
    /// <param name="durable">False turns fsync off, for tests of anything but durability.</param>
    /// <param name="cancellationToken">Stops waiting; a started server is left for <see cref="DisposeAsync"/>.</param>
    /// <exception cref="LocalSetupException">A sentence says what is missing, and what to do about it.</exception>
    public static async Task<PostgresCluster> StartAsync(
        string directory, bool durable, CancellationToken cancellationToken)
    {
        var cluster = new PostgresCluster(PostgresBinaries.Find(), Path.GetFullPath(directory), Ports.Free());
        if (!Directory.Exists(cluster._data))
        {
            await cluster.InitializeAsync(directory, cancellationToken);
        }

        await cluster.StopLeftoverAsync(cancellationToken);
        await cluster.StartServerAsync(durable, cancellationToken);
        return cluster;
    }

    /// <summary>A cluster that another process started; null if none runs in the directory. Do not dispose it.</summary>
    public static PostgresCluster? Running(string directory)
    {
        var pidFile = PostmasterPidFile.Read(Path.Combine(Path.GetFullPath(directory), "data"));
        return pidFile is { IsAlive: true, Port: { } port }
            ? new PostgresCluster(PostgresBinaries.Find(), Path.GetFullPath(directory), port)
            : null;
    }

    /// <summary>Stops whatever server runs in the directory, if one does.</summary>
    public static async Task StopAsync(string directory, CancellationToken cancellationToken)
    {
        if (Directory.Exists(directory))
        {
            await new PostgresCluster(PostgresBinaries.Find(), Path.GetFullPath(directory), 0)
                .StopLeftoverAsync(cancellationToken);
        }
    }

    /// <summary>Where <paramref name="program"/> of the same version is, such as <c>psql</c> or <c>pgbench</c>.</summary>
    public string PathOf(string program) => _binaries.PathOf(program);

    /// <summary>The password of every role of this cluster.</summary>
    public string Password => _password;

    /// <summary>Creates the database, its roles and its schema where missing.</summary>
    /// <returns>The names of the migrations that were applied.</returns>
    public async Task<IReadOnlyList<string>> PrepareDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await DatabaseSetup.PrepareAsync(ConnectionString(Superuser, "postgres"), database, _ => _password, cancellationToken);
        return await DatabaseMigrator.MigrateAsync(ConnectionString(DatabaseRoles.Owner, database), cancellationToken);
    }

    public async Task<bool> HasDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(Superuser, "postgres", "Pooling=false"));
        await using var exists = source.CreateCommand("select exists (select from pg_database where datname = $1)");
        exists.Parameters.Add(new() { Value = database });
        return (bool)(await exists.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Drops the database if there is one, whoever is connected to it.</summary>
    public Task DropDatabaseAsync(string database, CancellationToken cancellationToken) =>
        AdministerAsync($"drop database if exists {database} with (force)", cancellationToken);

    /// <summary>Renames a database that nobody is connected to.</summary>
    public Task RenameDatabaseAsync(string database, string newName, CancellationToken cancellationToken)
    {
        NpgsqlConnection.ClearAllPools();
        return AdministerAsync($"alter database {database} rename to {newName}", cancellationToken);
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
        // Made under another name, so that a crash half-way leaves nothing that looks like a cluster.
        var unfinished = _data + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(_passwordFile, _password, cancellationToken);
        File.SetUnixFileMode(_passwordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _binaries.GiveToServerUser(directory);
        await _binaries.RunOrThrowAsync("initdb",
        [
            "-D", unfinished, "-U", Superuser, "--pwfile", _passwordFile, "-A", "scram-sha-256", "-E", "UTF8",
            "--locale", "C.UTF-8", "--no-instructions",
        ], cancellationToken);
        Directory.Move(unfinished, _data);
    }

    private async Task AdministerAsync(string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString(Superuser, "postgres", "Pooling=false"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task StopLeftoverAsync(CancellationToken cancellationToken)
    {
        if (PostmasterPidFile.Read(_data) is { IsAlive: true })
        {
            var (exitCode, output) = await _binaries.RunAsync(
                "pg_ctl", ["stop", "-D", _data, "-m", "fast", "-w"], cancellationToken);
            // It may be dying already, of something else than our asking.
            if (exitCode != 0 && PostmasterPidFile.Read(_data) is { IsAlive: true })
            {
                throw new LocalSetupException($"Postgres does not stop: {output.Trim()}");
            }
        }

        if (PostmasterPidFile.Read(_data) is { } stale)
        {
            await stale.DeleteStaleAsync(cancellationToken);
        }
    }

    private async Task StartServerAsync(bool durable, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var settings = $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories= "
                + "-c max_connections=200 -c shared_buffers=512MB -c max_wal_size=4GB -c logging_collector=off "
                + (durable ? "" : "-c fsync=off -c synchronous_commit=off -c full_page_writes=off");
            var (exitCode, output) = await _binaries.RunAsync("pg_ctl",
                ["start", "-D", _data, "-w", "-t", "60", "-l", LogFile, "-o", settings], cancellationToken);
            if (exitCode == 0)
            {
                return;
            }

            // Somebody took the port in between, or processes of a killed server have not all gone yet.
            if (attempt == 5)
            {
                throw new LocalSetupException($"Postgres does not start: {output.Trim()}\n{Tail.Of(LogFile, 8)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(400 * attempt), cancellationToken);
            Port = Ports.Free();
        }
    }
}
