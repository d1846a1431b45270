using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>
/// Two businesses at once over very few connections, through the product's own factory and <see cref="TenantSql"/>, while
/// transactions fail, commands are cancelled and connections break: whoever reads, reads what is theirs.
/// </summary>
public sealed class TenantCrowdTests(TwoTenants two, TestServers servers) : IClassFixture<TwoTenants>
{
    private const int Tasks = 64;
    private const int Turns = 40;

    private readonly ConcurrentDictionary<Guid, int> _written = new();
    private readonly ConcurrentDictionary<int, int> _turns = new();
    private readonly ConcurrentBag<string> _leaks = [];
    private NpgsqlDataSource _killer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sixty_four_tasks_of_two_businesses_over_four_connections_read_only_what_is_theirs()
    {
        await using var inbox = await TestInbox.StartAsync(servers, two.Database, builder => builder.Configuration["ConnectionStrings:App"] =
            two.Database.App.Replace("Maximum Pool Size=10", "Maximum Pool Size=4") + ";Max Auto Prepare=40;Auto Prepare Min Usages=2;Timeout=60");
        await using var killer = _killer = NpgsqlDataSource.Create(two.Database.Superuser);
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(i =>
            Task.Run(() => LiveAsync(inbox.Services, i % 2 == 0 ? two.A : two.B, new Random(i)), Cancellation)));

        Assert.Empty(_leaks);
        Assert.Equal(Tasks * Turns, _turns.Values.Sum());
        Assert.All(Enumerable.Range(0, 6), kind => Assert.True(_turns[kind] > 20, $"Turn {kind} was taken {_turns[kind]} times."));
        foreach (var rows in (TenantRows[])[two.A, two.B])
        {
            Assert.Equal(1L + _written[rows.BusinessId], await two.Superuser.ScalarAsync(
                "select count(*) from held_events where business_id = $1", rows.BusinessId));
        }
    }

    private async Task LiveAsync(IServiceProvider services, TenantRows own, Random random)
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            // Reading is what most do, and every other thing disturbs it.
            var kind = random.Next(100) switch { < 40 => 0, < 70 => 1, < 80 => 2, < 88 => 3, < 95 => 4, _ => 5 };
            _turns.AddOrUpdate(kind, 1, (_, n) => n + 1);
            await using var scope = services.CreateTenantScope(own.BusinessId);
            await (kind switch
            {
                0 => ReadByModelAsync(scope.ServiceProvider, own, random),
                1 => ReadBySqlAsync(scope.ServiceProvider, own, random),
                2 => WriteAsync(scope.ServiceProvider, own),
                3 => FailAsync(scope.ServiceProvider, own),
                4 => CancelAsync(scope.ServiceProvider, random),
                _ => BreakAsync(scope.ServiceProvider),
            });
        }
    }

    private async Task ReadByModelAsync(IServiceProvider scope, TenantRows own, Random random)
    {
        await using var db = await OpenAsync(scope);
        var types = db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => t.IsAssignableTo(typeof(TenantEntity))).ToArray();
        var type = types[random.Next(types.Length)];
        var read = typeof(TenantCrowdTests).GetMethod(nameof(OwnersAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        Check(type.Name, own, await (Task<List<Guid>>)read.MakeGenericMethod(type).Invoke(null, [db])!);
    }

    private async Task ReadBySqlAsync(IServiceProvider scope, TenantRows own, Random random)
    {
        var tables = two.Tables.ToArray();
        var table = tables[random.Next(tables.Length)];
        Check(table.Name, own, await scope.GetRequiredService<TenantSql>().ReadAsync(
            $"select {table.OwnerColumn} from \"{table.Name}\"", [], r => r.GetGuid(0), Cancellation));
    }

    private async Task WriteAsync(IServiceProvider scope, TenantRows own)
    {
        await using var db = await OpenAsync(scope);
        db.Add(new HeldEvent
        {
            TargetWamid = "crowd", DedupKey = Guid.NewGuid().ToString(), Payload = "{}", Kind = HeldEventKind.Status, ReceivedAt = DateTimeOffset.UtcNow,
        });
        await db.SaveChangesAsync(Cancellation);
        _written.AddOrUpdate(own.BusinessId, 1, (_, n) => n + 1);
    }

    private async Task FailAsync(IServiceProvider scope, TenantRows own)
    {
        await using var db = await OpenAsync(scope);
        await using (await db.Database.BeginTransactionAsync(Cancellation))
        {
            await Assert.ThrowsAsync<PostgresException>(() => db.Database.ExecuteSqlRawAsync("select 1 / 0", Cancellation));
        }

        Check("after a failure", own, await OwnersAsync<Employee>(db));
    }

    private static async Task CancelAsync(IServiceProvider scope, Random random)
    {
        await using var db = await OpenAsync(scope);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(1, 20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.Database.ExecuteSqlRawAsync("select pg_sleep(30)", soon.Token));
    }

    private async Task BreakAsync(IServiceProvider scope)
    {
        await using var db = await OpenAsync(scope);
        await db.Database.OpenConnectionAsync(Cancellation);
        await using var kill = _killer.CreateCommand("select pg_terminate_backend($1)");
        kill.Parameters.Add(new() { Value = ((NpgsqlConnection)db.Database.GetDbConnection()).ProcessID });
        await kill.ExecuteNonQueryAsync(Cancellation);
        await Assert.ThrowsAnyAsync<Exception>(() => OwnersAsync<Employee>(db));
    }

    private void Check(string what, TenantRows own, List<Guid> owners)
    {
        if (owners.Count == 0 || owners.Exists(o => o != own.BusinessId))
        {
            _leaks.Add($"{what}: {owners.Count} rows, {owners.Count(o => o != own.BusinessId)} of another");
        }
    }

    private static Task<SamiaDbContext> OpenAsync(IServiceProvider scope) =>
        scope.GetRequiredService<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Cancellation);

    private static Task<List<Guid>> OwnersAsync<T>(SamiaDbContext db) where T : TenantEntity =>
        db.Set<T>().Select(e => e.BusinessId).ToListAsync(Cancellation);
}
