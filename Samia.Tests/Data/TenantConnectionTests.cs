using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>The tenant of a connection, whatever happened to the connection before.</summary>
public sealed class TenantConnectionTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _a = null!;
    private TestBusiness _b = null!;

    public async ValueTask InitializeAsync()
    {
        // One connection in the pool, so that every scope of a test gets the one that the scope before it used, with the
        // settings that docs/OPERATIONS.md recommends.
        var database = await servers.CreateDatabaseAsync();
        _inbox = await TestInbox.StartAsync(servers, database, builder => builder.Configuration["ConnectionStrings:App"] =
            database.App.Replace("Maximum Pool Size=10", "Maximum Pool Size=1") + ";Max Auto Prepare=40;Auto Prepare Min Usages=2");
        _a = await TestBusiness.CreateAsync(_inbox, "A");
        _b = await TestBusiness.CreateAsync(_inbox, "B");
    }

    [Fact]
    public async Task A_pooled_connection_serves_one_business_after_the_other()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal([_a.Id], await BusinessesAsync(_a.Id));
            Assert.Equal([_b.Id], await BusinessesAsync(_b.Id));
        }
    }

    [Fact]
    public async Task A_connection_whose_transaction_failed_comes_back_clean()
    {
        await InBusinessAsync(_a.Id, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<PostgresException>(() =>
                db.Database.ExecuteSqlRawAsync("select 1 / 0", TestContext.Current.CancellationToken));
        });
        Assert.Equal([_b.Id], await BusinessesAsync(_b.Id));
    }

    [Fact]
    public async Task A_connection_whose_command_was_cancelled_comes_back_clean()
    {
        await InBusinessAsync(_a.Id, async db =>
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                db.Database.ExecuteSqlRawAsync("select pg_sleep(30)", soon.Token));
        });
        Assert.Equal([_b.Id], await BusinessesAsync(_b.Id));
    }

    [Fact]
    public async Task A_connection_that_broke_is_replaced_by_one_that_knows_its_business()
    {
        await InBusinessAsync(_a.Id, async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var session = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync(TestContext.Current.CancellationToken);
            Assert.True(await _inbox.Database.ScalarAsync<bool>("select pg_terminate_backend($1)", session));
            await Assert.ThrowsAnyAsync<Exception>(() => db.Employees.CountAsync(TestContext.Current.CancellationToken));
            // Without the transaction the same context opens another connection, and enters it.
            await Assert.ThrowsAnyAsync<Exception>(() => transaction.CommitAsync(TestContext.Current.CancellationToken));
        });
        Assert.Equal([_b.Id], await BusinessesAsync(_b.Id));
        Assert.Equal([_a.Id], await BusinessesAsync(_a.Id));
    }

    /// <summary>By hand-written SQL and by EF in turns, on the one connection and with statements that stay prepared.</summary>
    [Fact]
    public async Task A_statement_that_stays_prepared_serves_whoever_asks()
    {
        for (var i = 0; i < 10; i++)
        {
            foreach (var business in (Guid[])[_a.Id, _b.Id])
            {
                Assert.Equal([business], await BusinessesAsync(business));
                await using var scope = _inbox.Services.CreateTenantScope(business);
                var seen = await scope.ServiceProvider.GetRequiredService<TenantSql>().ReadAsync("select distinct business_id from employees",
                    [], r => r.GetGuid(0), TestContext.Current.CancellationToken);
                Assert.Equal([business], seen);
            }
        }
    }

    [Fact]
    public async Task Nothing_of_a_session_outlives_its_scope()
    {
        await InBusinessAsync(_a.Id, async db =>
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            foreach (var left in (string[])["prepare mine as select * from employees", "declare mine cursor with hold for select * from employees",
                "listen mine", "select pg_advisory_lock(7)", "set search_path = app", "set row_security = off", "set statement_timeout = 1"])
            {
                await db.Database.ExecuteSqlRawAsync(left, TestContext.Current.CancellationToken);
            }
        });

        await InBusinessAsync(_b.Id, async db => Assert.Equal(["", "on", "\"$user\", public", "0"], await db.Database.SqlQuery<string>($"""
            select concat((select string_agg(name, ',') from pg_prepared_statements where name = 'mine'), (select string_agg(name, ',') from pg_cursors where name = 'mine'),
                (select string_agg(c, ',') from pg_listening_channels() c), (select string_agg(mode, ',') from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())) as "Value"
            union all select current_setting('row_security') union all select current_setting('search_path') union all select current_setting('statement_timeout')
            """).ToListAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task A_setting_that_a_transaction_made_does_not_outlive_the_scope()
    {
        await InBusinessAsync(_a.Id, db => db.Database.ExecuteSqlAsync(
            $"select set_config('app.business_id', {_b.Id.ToString()}, false)", TestContext.Current.CancellationToken));
        Assert.Equal([_a.Id], await BusinessesAsync(_a.Id));

        await using var raw = await _inbox.Get<AppDataSource>().Value.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select count(*) from employees", raw);
        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_scope_without_a_business_reaches_no_database()
    {
        await using var scope = _inbox.Services.CreateAsyncScope();
        var contexts = scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>();
        await Assert.ThrowsAsync<NoTenantException>(() =>
            contexts.CreateDbContextAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_scope_cannot_change_its_business()
    {
        await using var scope = _inbox.Services.CreateTenantScope(_a.Id);
        var tenant = scope.ServiceProvider.GetRequiredService<TenantContext>();
        Assert.Throws<InvalidOperationException>(() => tenant.Enter(_b.Id));
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    private async Task<Guid[]> BusinessesAsync(Guid businessId)
    {
        Guid[] seen = [];
        await InBusinessAsync(businessId, async db =>
            seen = await db.Employees.Select(e => e.BusinessId).Distinct().ToArrayAsync(TestContext.Current.CancellationToken));
        return seen;
    }

    private async Task InBusinessAsync(Guid businessId, Func<SamiaDbContext, Task> work)
    {
        await using var scope = _inbox.Services.CreateTenantScope(businessId);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        await work(db);
    }
}
