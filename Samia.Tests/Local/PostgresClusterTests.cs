using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Samia.Local.Postgres;

namespace Samia.Tests.Local;

public sealed class PostgresClusterTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("samia-cluster-").FullName;

    public ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_cluster_whose_server_was_killed_starts_again_with_its_data()
    {
        var cluster = Path.Combine(_directory, "postgres");
        var first = await PostgresCluster.StartAsync(cluster, durable: true, TestContext.Current.CancellationToken);
        await ExecuteAsync(first, "create table kept (id int); insert into kept values (7)");
        var pidFile = Path.Combine(cluster, "data", "postmaster.pid");
        var pid = int.Parse((await File.ReadAllLinesAsync(pidFile, TestContext.Current.CancellationToken))[0], CultureInfo.InvariantCulture);
        using (var server = Process.GetProcessById(pid))
        {
            server.Kill();
        }

        Assert.True(File.Exists(pidFile));
        await using var second = await PostgresCluster.StartAsync(cluster, durable: true, TestContext.Current.CancellationToken);
        Assert.Equal(7, await ExecuteAsync(second, "select id from kept"));
    }

    [Fact]
    public async Task A_process_id_that_now_belongs_to_another_program_is_left_alone()
    {
        var cluster = Path.Combine(_directory, "postgres");
        var first = await PostgresCluster.StartAsync(cluster, durable: false, TestContext.Current.CancellationToken);
        var pidFile = Path.Combine(cluster, "data", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile, TestContext.Current.CancellationToken);
        await first.DisposeAsync();
        using var innocent = Process.Start("sleep", "60");
        lines[0] = innocent.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, lines, TestContext.Current.CancellationToken);

        await using (await PostgresCluster.StartAsync(cluster, durable: false, TestContext.Current.CancellationToken))
        {
            Assert.False(innocent.HasExited);
        }

        innocent.Kill();
    }

    [Fact]
    public async Task A_server_that_still_runs_is_found_and_taken_over()
    {
        var cluster = Path.Combine(_directory, "postgres");
        Assert.Null(PostgresCluster.Running(cluster));
        var first = await PostgresCluster.StartAsync(cluster, durable: false, TestContext.Current.CancellationToken);
        Assert.Equal(first.Port, PostgresCluster.Running(cluster)!.Port);
        await using var second = await PostgresCluster.StartAsync(cluster, durable: false, TestContext.Current.CancellationToken);
        Assert.Equal(1, await ExecuteAsync(second, "select 1"));
    }

    public async ValueTask DisposeAsync()
    {
        await PostgresCluster.StopAsync(Path.Combine(_directory, "postgres"), CancellationToken.None);
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<object?> ExecuteAsync(PostgresCluster cluster, string sql)
    {
        await using var source = NpgsqlDataSource.Create(cluster.ConnectionString("postgres", "postgres", "Pooling=false"));
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
