using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Local.Scale;
using Samia.Tests.Support;

namespace Samia.Tests.Conversations;

/// <summary>Holds that each page of the list and of a thread is read from an index in its order, with row-level security on.</summary>
public sealed class ConversationListPlanTests(TestServers servers) : IAsyncLifetime
{
    private TestInbox _inbox = null!;
    private TestBusiness _business = null!;

    public async ValueTask InitializeAsync()
    {
        _inbox = await TestInbox.StartAsync(servers);
        _business = await TestBusiness.CreateAsync(_inbox);
        await ScaleData.FillAsync(_inbox.Database.Superuser, _business.Id, 5000, 3, null, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    [Theory]
    [InlineData(ConversationTab.All, "ix_conversations_business_id_status_last_activity_at_id")]
    [InlineData(ConversationTab.Mine, "ix_conversations_business_id_assignee_id_status_last_activity_")]
    [InlineData(ConversationTab.Unassigned, null)]
    public async Task A_page_of_the_list_is_one_index_range_scan(ConversationTab tab, string? index)
    {
        var parameters = Cursor();
        if (tab == ConversationTab.Mine)
        {
            parameters.Add(new() { Value = _business.EmployeeIds["Admin"] });
        }

        var plan = await ExplainAsync(ConversationListSql.Page(tab), parameters);
        Assert.Contains(index ?? "Index Scan using ix_conversations", plan);
        Assert.DoesNotContain("Sort", plan);
        Assert.DoesNotContain("Seq Scan", plan);
    }

    [Theory]
    [InlineData(ConversationTab.All)]
    [InlineData(ConversationTab.Unassigned)]
    public async Task A_page_of_what_is_ones_own_is_one_range_scan_for_each_of_ones_teams(ConversationTab tab)
    {
        var employee = _business.EmployeeIds["Agent"];
        await _inbox.Database.ExecuteAsync("""
            with team as (insert into teams (business_id, id, name, description, created_at)
                select $1, gen_random_uuid(), 'team ' || n, '', now() from generate_series(1, 3) n returning id),
            joined as (insert into team_members (business_id, id, team_id, employee_id)
                select $1, gen_random_uuid(), id, $2 from team)
            update conversations c set team_id = (select id from team where c.id is not null order by random() limit 1)
            where business_id = $1
            """, _business.Id, employee);
        await _inbox.Database.ExecuteAsync("analyze conversations, team_members");

        var plan = await ExplainAsync(ConversationListSql.OwnPage(tab), [.. Cursor(), new() { Value = employee }]);
        Assert.Contains("ix_conversations_business_id_team_id_status_last_activity_at_id", plan);
        Assert.DoesNotContain("Seq Scan on conversations", plan);
        if (tab == ConversationTab.All)
        {
            Assert.Contains("ix_conversations_business_id_assignee_id_status_last_activity_", plan);
        }
    }

    [Theory]
    [InlineData("id < $2", "desc", false)]
    [InlineData("id >= $2", "asc", false)]
    [InlineData("id < $2", "desc", true)]
    [InlineData("id >= $2", "asc", true)]
    public async Task A_window_of_a_thread_is_read_from_indexes(string range, string order, bool onlyOwn)
    {
        var conversation = await _inbox.Database.ScalarAsync<Guid>(
            "select id from conversations where business_id = $1 limit 1", _business.Id);
        var sight = onlyOwn ? new ConversationSight(_business.EmployeeIds["Agent"]) : ConversationSight.All;
        List<NpgsqlParameter> parameters =
        [
            new() { Value = conversation }, new() { Value = order == "asc" ? Guid.Empty : Guid.AllBitsSet }, new() { Value = 50 },
        ];
        if (sight.Only is { } me)
        {
            parameters.Add(new() { Value = me });
        }

        var plan = await ExplainAsync(ConversationThread.Sql(range, order, sight), parameters);
        Assert.Contains("ix_messages_business_id_conversation_id_id", plan);
        Assert.DoesNotContain("Seq Scan on messages", plan);
        Assert.DoesNotContain("Seq Scan on conversations", plan);
    }

    // Of the first ten days: status, activity, id, page size, business.
    private List<NpgsqlParameter> Cursor() =>
    [
        new() { Value = "open" },
        new() { Value = DateTimeOffset.UtcNow.AddDays(-10).UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        new() { Value = Guid.AllBitsSet }, new() { Value = 50 }, new() { Value = _business.Id },
    ];

    private async Task<string> ExplainAsync(string sql, List<NpgsqlParameter> parameters)
    {
        await using var source = NpgsqlDataSource.Create(_inbox.Database.App);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using (var setTenant = new NpgsqlCommand("select set_config('app.business_id', $1, false)", connection))
        {
            setTenant.Parameters.Add(new() { Value = _business.Id.ToString() });
            await setTenant.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var explain = new NpgsqlCommand("explain " + sql, connection);
        explain.Parameters.AddRange(parameters.ToArray());
        await using var reader = await explain.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }
}
