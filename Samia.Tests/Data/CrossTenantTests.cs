using Npgsql;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>
/// As <c>samia_app</c> in business B, tries every verb on business A's rows of every table that the catalogue has.
/// </summary>
public sealed class CrossTenantTests(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private NpgsqlConnection _superuser = null!;
    private NpgsqlConnection _app = null!;
    private TenantRows _a = null!;
    private TenantRows _b = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await servers.CreateDatabaseAsync();
        _superuser = new NpgsqlConnection(_database.Superuser);
        await _superuser.OpenAsync();
        var tables = await CatalogueTable.ReadAllAsync(_superuser);
        _a = new TenantRows(tables);
        _b = new TenantRows(tables);
        await _a.InsertAllAsync(_superuser);
        await _b.InsertAllAsync(_superuser);
        _app = new NpgsqlConnection(_database.App);
        await _app.OpenAsync();
        await ScalarAsync(_app, "select set_config('app.business_id', $1, false)", _b.BusinessId.ToString());
    }

    [Fact]
    public async Task The_rows_of_both_businesses_are_really_there()
    {
        foreach (var table in _a.TenantTables)
        {
            Assert.Equal(2, await CountAsync(_superuser, table.Name));
        }

        Assert.True(_a.TenantTables.Count() >= 12, "The catalogue test walks too few tables.");
    }

    [Fact]
    public async Task Another_business_sees_only_its_own_rows_of_every_table() =>
        Assert.Empty(await OffendersAsync(async table =>
            await CountAsync(_app, table.Name) != 1
            || await ScalarAsync(_app, $"select business_id from \"{table.Name}\"") is not Guid own
            || own != _b.BusinessId));

    [Fact]
    public async Task Another_business_cannot_find_a_row_by_its_key() =>
        Assert.Empty(await OffendersAsync(async table => await ScalarAsync(_app,
            $"select count(*) from \"{table.Name}\" where business_id = $1", _a.BusinessId) is not 0L));

    [Fact]
    public async Task Another_business_changes_and_deletes_no_row_of_any_table()
    {
        Assert.Empty(await OffendersAsync(async table =>
            await AffectedAsync($"update \"{table.Name}\" set id = id where business_id = $1", _a.BusinessId) > 0
            || await AffectedAsync($"delete from \"{table.Name}\" where business_id = $1", _a.BusinessId) > 0));
        Assert.Empty(await OffendersAsync(async table => await CountAsync(_superuser, table.Name) != 2));
    }

    [Fact]
    public async Task Another_business_cannot_insert_a_row_into_this_one() =>
        Assert.Empty(await OffendersAsync(async table =>
        {
            await using var insert = _a.Insert(table, _app);
            return await ErrorAsync(insert) != PostgresErrorCodes.InsufficientPrivilege;
        }));

    [Fact]
    public async Task No_row_can_be_moved_into_another_business() =>
        Assert.Empty(await OffendersAsync(async table =>
        {
            await using var move = Command(_app,
                $"update \"{table.Name}\" set business_id = $1 where business_id = $2", _a.BusinessId, _b.BusinessId);
            return await ErrorAsync(move) != PostgresErrorCodes.InsufficientPrivilege;
        }));

    [Fact]
    public async Task Its_own_business_is_the_only_one_that_a_business_sees()
    {
        Assert.Equal(_b.BusinessId, await ScalarAsync(_app, "select id from businesses"));
        Assert.Equal(0, await AffectedAsync("update businesses set name = 'taken' where id = $1", _a.BusinessId));
    }

    [Fact]
    public async Task A_row_cannot_refer_to_another_business_even_by_an_id_that_exists()
    {
        var customer = await ScalarAsync(_superuser, "select id from customers where business_id = $1", _a.BusinessId);
        await using var insert = Command(_app, """
            insert into conversations (business_id, id, customer_id, customer_name, mode, status, priority, unread_count,
                last_message_preview, last_activity_at, created_at)
            values ($1, gen_random_uuid(), $2, 'x', 'human', 'open', 'normal', 0, '', now(), now())
            """, _b.BusinessId, customer!);
        Assert.Equal(PostgresErrorCodes.ForeignKeyViolation, await ErrorAsync(insert));
    }

    [Fact]
    public async Task Without_a_business_no_table_shows_a_row()
    {
        await using var nobody = new NpgsqlConnection(_database.App);
        await nobody.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await OffendersAsync(async table => await CountAsync(nobody, table.Name) != 0));
        Assert.Equal(0L, await CountAsync(nobody, "businesses"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task An_empty_business_shows_no_row(string setting)
    {
        await using var nobody = new NpgsqlConnection(_database.App);
        await nobody.OpenAsync(TestContext.Current.CancellationToken);
        await ScalarAsync(nobody, "select set_config('app.business_id', $1, false)", setting);
        Assert.Empty(await OffendersAsync(async table => await CountAsync(nobody, table.Name) != 0));
    }

    [Fact]
    public async Task Nobody_serving_requests_reads_a_table_that_belongs_to_no_business()
    {
        await using var tables = Command(_superuser, """
            select c.relname from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
            and c.relname <> 'businesses'
            and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'business_id')
            """);
        var names = new List<string>();
        await using (var reader = await tables.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                names.Add(reader.GetString(0));
            }
        }

        Assert.Contains("users", names);
        foreach (var name in names)
        {
            await using var select = Command(_app, $"select * from \"{name}\"");
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await ErrorAsync(select));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _superuser.DisposeAsync();
    }

    private async Task<List<string>> OffendersAsync(Func<CatalogueTable, Task<bool>> offends)
    {
        var offenders = new List<string>();
        foreach (var table in _a.TenantTables)
        {
            if (await offends(table))
            {
                offenders.Add(table.Name);
            }
        }

        return offenders;
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table) =>
        (long)(await ScalarAsync(connection, $"select count(*) from \"{table}\""))!;

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    // Not being granted the verb at all protects the row as well.
    private async Task<int> AffectedAsync(string sql, params object[] parameters)
    {
        await using var command = Command(_app, sql, parameters);
        try
        {
            return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }
    }

    private static async Task<string?> ErrorAsync(NpgsqlCommand command)
    {
        try
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }
}
