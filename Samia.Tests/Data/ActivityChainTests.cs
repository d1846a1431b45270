using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

public sealed class ActivityChainTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private ActivityVerification _verification = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        _verification = new ActivityVerification(_inbox.Get<PlatformDataSource>());
        await LogAsync(_business, 6);
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    [Fact]
    public async Task Rows_are_numbered_and_chained_in_each_business_by_itself()
    {
        var other = await TestBusiness.CreateAsync(_inbox, "Other");
        await LogAsync(other, 2);
        await using var desk = Desk.Of(_inbox, _business);
        var rows = await desk.ReadAsync(db => db.ActivityLogs.OrderBy(l => l.Sequence).ToListAsync(Stop));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(r => r.Sequence));
        Assert.Null(rows[0].PreviousHash);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Hash, pair.Second.PreviousHash));
        Assert.All(rows, r => Assert.Equal((ActorKind.Employee, desk.EmployeeId), (r.ActorKind, r.EmployeeId!.Value)));
        Assert.Empty(await _verification.FindProblemsAsync(null, Stop));
    }

    [Theory]
    [InlineData("update activity_logs set action = 'nothing.happened' where sequence = 3", 3, "was changed")]
    [InlineData("update activity_logs set employee_id = null where sequence = 1", 1, "was changed")]
    [InlineData("update activity_logs set ip_address = '10.0.0.1' where sequence = 6", 6, "was changed")]
    [InlineData("delete from activity_logs where sequence = 1", 2, "rows 1 to 1 before it are missing")]
    [InlineData("delete from activity_logs where sequence in (3, 4)", 5, "rows 3 to 4 before it are missing")]
    [InlineData("delete from activity_logs where sequence > 4", 4, "rows 5 to 6 after it are missing")]
    [InlineData("delete from activity_logs", 0, "rows 1 to 6 after it are missing")]
    [InlineData("delete from activity_chains", 6, "the end of the chain is missing")]
    [InlineData("update activity_logs l set action = 'made.up', hash = null where sequence = 2; update activity_logs l set hash = app.activity_hash(l, l.previous_hash) where sequence = 2",
        3, "does not follow the row before it")]
    [InlineData("update activity_logs l set action = 'made.up' where sequence = 6; update activity_logs l set hash = app.activity_hash(l, l.previous_hash) where sequence = 6",
        6, "the end of the chain is another")]
    public async Task A_row_that_somebody_with_the_database_changed_or_removed_is_found(string sql, long row, string problem)
    {
        await _inbox.Database.ExecuteAsync(sql.Split(';')[0]);
        foreach (var next in sql.Split(';').Skip(1))
        {
            await _inbox.Database.ExecuteAsync(next);
        }

        var found = Assert.Single(await _verification.FindProblemsAsync(_business.Id, Stop));
        Assert.Equal((row, problem), (found.Sequence, found.Problem));
        Assert.Empty(await _verification.FindProblemsAsync(Guid.NewGuid(), Stop));
    }

    [Fact]
    public async Task Many_at_once_make_one_chain_without_a_gap()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 24), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop },
            async (_, _) => await LogAsync(_business, 2));
        Assert.Equal(54, (await _verification.EndsAsync(_business.Id, Stop)).Single().Length);
        Assert.Empty(await _verification.FindProblemsAsync(_business.Id, Stop));
    }

    [Fact]
    public async Task A_row_that_was_rolled_back_leaves_no_gap()
    {
        await using (var scope = _inbox.Services.CreateTenantScope(_business.Id))
        {
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Stop);
            await using var transaction = await db.Database.BeginTransactionAsync(Stop);
            db.Add(new ActivityLog { At = DateTimeOffset.UtcNow, Action = "something.failed" });
            await db.SaveChangesAsync(Stop);
            await transaction.RollbackAsync(Stop);
        }

        await LogAsync(_business, 1);
        Assert.Equal(7, (await _verification.EndsAsync(_business.Id, Stop)).Single().Length);
        Assert.Empty(await _verification.FindProblemsAsync(_business.Id, Stop));
    }

    [Theory]
    [InlineData("update activity_logs set action = 'x'")]
    [InlineData("delete from activity_logs")]
    [InlineData("truncate activity_logs")]
    [InlineData("update activity_chains set length = 0")]
    [InlineData("delete from activity_chains")]
    [InlineData("insert into activity_chains (business_id, id, length, hash) values (gen_random_uuid(), gen_random_uuid(), 0, '')")]
    public async Task Neither_serving_role_may_change_what_was_logged(string sql)
    {
        foreach (var role in new[] { _inbox.Database.App, _inbox.Database.Platform })
        {
            await using var source = NpgsqlDataSource.Create(role);
            await using var command = source.CreateCommand(sql);
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege,
                (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop))).SqlState);
        }
    }

    private async Task LogAsync(TestBusiness business, int rows)
    {
        await using var desk = Desk.Of(_inbox, business);
        await using var db = await desk.Get<IDbContextFactory<SamiaDbContext>>().CreateDbContextAsync(Stop);
        for (var n = 0; n < rows; n++)
        {
            db.Add(new ActivityLog { At = DateTimeOffset.UtcNow, Action = "test.logged", After = """{"b": 1, "a": "é"}""" });
            await db.SaveChangesAsync(Stop);
        }
    }
}
