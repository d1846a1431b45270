using Npgsql;
using Samia.Data;
using Samia.Local.Postgres;
using Samia.Local.Redis;
using Samia.Tests.Support;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace Samia.Tests.Support;

/// <summary>
/// The run's own Postgres cluster and Redis-protocol server, on ports of their own, so that tests run beside a running
/// <c>./samia up</c>. Each test class that writes takes a database of its own, copied from a migrated template.
/// </summary>
public sealed class TestServers : IAsyncLifetime
{
    private const string Template = "samia_template";
    private readonly string _directory = Directory.CreateTempSubdirectory("samia-test-").FullName;
    private readonly SemaphoreSlim _copying = new(1);
    private PostgresCluster? _postgres;
    private int _databases;

    public PostgresCluster Postgres => _postgres ?? throw new InvalidOperationException("The cluster has not started.");

    public LocalRedis Redis { get; } = LocalRedis.Start();

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        _postgres = await PostgresCluster.StartAsync(
            Path.Combine(_directory, "postgres"), durable: false, CancellationToken.None);
        await _postgres.PrepareDatabaseAsync(Template, CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A migrated, empty database that nobody else uses.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        // Postgres copies a template only while nobody is connected to it, another copy included.
        await _copying.WaitAsync();
        try
        {
            await using var source = NpgsqlDataSource.Create(Postgres.ConnectionString("postgres", "postgres", "Pooling=false"));
            await using var create = source.CreateCommand(
                $"create database {name} template {Template} owner {DatabaseRoles.Owner}");
            await create.ExecuteNonQueryAsync();
            // What was revoked on a database is not copied with it.
            await using var revoke = source.CreateCommand($"revoke temporary on database {name} from public");
            await revoke.ExecuteNonQueryAsync();
        }
        finally
        {
            _copying.Release();
        }

        return new TestDatabase(Postgres, name);
    }

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
