using System.Text.RegularExpressions;
using Npgsql;
using Samia.Bench;
using Samia.Inbox.Team;
using Samia.Local.Scale;
using Samia.Tests.Support;

namespace Samia.Tests.Conversations;

/// <summary>
/// Row-level security changes no way to a row: the ten hottest statements, as the product sends them, have the plans
/// that they have as the owner without policies.
/// </summary>
public sealed partial class PolicyPlanTests(TestServers servers) : IAsyncLifetime
{
    private const string Explain = "explain (verbose, costs off, format json) ";
    private readonly SqlRecorder _recorder = new();
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;
    private UnguardedSide _unguarded = null!;
    private NpgsqlConnection _app = null!;
    private IReadOnlyList<HotQuery> _queries = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await servers.CreateDatabaseAsync();
        _inbox = await TestInbox.StartAsync(servers, database, replace: services => _recorder.Attach(services, database.App));
        _business = await TestBusiness.CreateAsync(_inbox);
        // A large business among small ones: where its size would tempt the planner to read everything.
        foreach (var size in (int[])[5000, 300, 20])
        {
            var filled = size == 5000 ? _business : await TestBusiness.CreateAsync(_inbox);
            await ScaleData.FillAsync(database.Superuser, filled.Id, size, 3, null, Cancellation);
        }

        _queries = await HotQuery.CollectAsync(
            _inbox.Services, _recorder, _business.Id, _business.EmployeeIds[SeededRoles.Agent], Cancellation);
        await database.ExecuteAsync("analyze");
        _unguarded = await UnguardedSide.OpenAsync(database.Owner, _business.Id, Cancellation);
        _app = new NpgsqlConnection(database.App + ";Pooling=false");
        await _app.OpenAsync(Cancellation);
        await ExecuteAsync(_app, $"select set_config('app.business_id', '{_business.Id}', false)");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _unguarded.DisposeAsync();
        await _inbox.DisposeAsync();
        _recorder.Dispose();
    }

    /// <summary>
    /// As they are planned once for all values, which Postgres does with <c>TenantSql</c>'s always and with EF's when it
    /// likes, and EF's as they are planned for the values that they have.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_ten_hottest_statements_reach_their_rows_as_they_would_without_policies(bool plannedOnce)
    {
        Assert.Equal(10, _queries.DistinctBy(q => q.Statement.Sql).Count());
        foreach (var (name, statement) in _queries.Where(q => plannedOnce || !q.Statement.PlannedOnce))
        {
            var with = await ShapeAsync(statement, _app, plannedOnce);
            var without = await ShapeAsync(_unguarded.WithoutPolicies(statement), _unguarded.Connection, plannedOnce);
            Assert.Contains("Scan", with);
            // The counts end at a number, and may as well begin anywhere.
            Assert.True(name == "tab counts" || !ReadsAll().IsMatch(with), $"{name} reads a large table from end to end\n{with}\n{statement.Sql}");
            Assert.True(with == without, $"{name}\n{without}\nbecomes\n{with}");
        }
    }

    [Fact]
    public async Task A_policy_that_keeps_the_planner_from_an_index_fails_the_test()
    {
        var statement = _queries.Single(q => q.Name == "customer by number").Statement;
        var without = await ShapeAsync(_unguarded.WithoutPolicies(statement), _unguarded.Connection, plannedOnce: false);
        Assert.Equal(without, await ShapeAsync(statement, _app, plannedOnce: false));
        await _inbox.Database.ExecuteAsync(
            "alter policy tenant on customers using (exists (select from businesses b where b.id = business_id and b.id = (select app.current_business_id())))");
        Assert.NotEqual(without, await ShapeAsync(statement, _app, plannedOnce: false));
    }

    [Fact]
    public async Task A_plan_with_policies_does_ask_for_the_tenant()
    {
        await using var command = _queries[0].Statement.On(_app, Explain);
        var plan = (string)(await command.ExecuteScalarAsync(Cancellation))!;
        Assert.Contains("app.business_id", plan);
        Assert.DoesNotContain("Result", PlanShape.Of(plan));
    }

    private static async Task<string> ShapeAsync(RecordedStatement statement, NpgsqlConnection connection, bool plannedOnce)
    {
        if (!plannedOnce)
        {
            await using var command = statement.On(connection, Explain);
            return PlanShape.Of((string)(await command.ExecuteScalarAsync(Cancellation))!);
        }

        // Only a statement that is prepared has a plan for all values.
        await ExecuteAsync(connection, "set plan_cache_mode = force_generic_plan");
        await ExecuteAsync(connection, $"prepare hot as {statement.WithPositions()}");
        await using var explain = new NpgsqlCommand($"{Explain} execute hot{statement.Literals()}", connection);
        var plan = (string)(await explain.ExecuteScalarAsync(Cancellation))!;
        await ExecuteAsync(connection, "deallocate hot; set plan_cache_mode = auto");
        return PlanShape.Of(plan);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    [GeneratedRegex("Seq Scan (conversations|messages|customers)$", RegexOptions.Multiline)]
    private static partial Regex ReadsAll();
}
