using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Local.Postgres;
using Samia.Local.Redis;

namespace Samia.Bench;

/// <summary>
/// A durable cluster of the bench's own. Its two filled businesses are kept for the next run, because a million
/// conversations take a while.
/// </summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    private const string Database = "samia_bench";
    private readonly PostgresCluster _postgres;

    private BenchCluster(PostgresCluster postgres) => _postgres = postgres;

    public LocalRedis Redis { get; } = LocalRedis.Start();
    public string App => _postgres.ConnectionString(DatabaseRoles.App, Database, Tuning);
    public string Platform => _postgres.ConnectionString(DatabaseRoles.Platform, Database, Tuning);
    public string Owner => _postgres.ConnectionString(DatabaseRoles.Owner, Database, Tuning);
    public string Superuser => _postgres.ConnectionString("postgres", Database, "Command Timeout=0");
    public int Port => _postgres.Port;

    // What OPERATIONS.md recommends for production, for both sides of every comparison.
    private const string Tuning = "Max Auto Prepare=40;Auto Prepare Min Usages=2";

    public static async Task<BenchCluster> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Environment.GetEnvironmentVariable("SAMIA_BENCH_HOME") ?? "/var/tmp/samia-bench";
        Directory.CreateDirectory(directory);
        var postgres = await PostgresCluster.StartAsync(directory, durable: true, cancellationToken);
        await postgres.PrepareDatabaseAsync(Database, cancellationToken);
        return new BenchCluster(postgres);
    }

    /// <summary>A business with that many conversations, filled on first use.</summary>
    public async Task<Guid> BusinessOfSizeAsync(int conversations, CancellationToken cancellationToken)
    {
        var slug = $"bench-{conversations}";
        await using var db = NewPlatformContext();
        var existing = await db.Businesses.Where(b => b.Slug == slug).Select(b => b.Id).SingleOrDefaultAsync(cancellationToken);
        if (existing != Guid.Empty)
        {
            return existing;
        }

        throw new NotSupportedException();
    }

    public async ValueTask DisposeAsync()
    {
        Redis.Dispose();
        await _postgres.DisposeAsync();
    }

    private PlatformDbContext NewPlatformContext() => throw new NotSupportedException();
}
