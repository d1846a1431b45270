using Npgsql;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>
/// As <c>samia_app</c> in business B, tries every verb on business A's rows of every table that the catalogue has.
/// </summary>
public sealed class CrossTenantTests(TwoTenants two) : IClassFixture<TwoTenants>, IAsyncLifetime
{
    private List<string> _before = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _before = await two.RowsOfAAsync();

    // Whatever a test tried, A has what it had.
    public async ValueTask DisposeAsync() => Assert.Equal(_before, await two.RowsOfAAsync());

    [Fact]
    public async Task The_rows_of_both_businesses_are_really_there()
    {
        Assert.Empty(await two.OffendersAsync(async table =>
            await two.Superuser.ScalarAsync($"select count(*) from \"{table.Name}\" where {table.OwnerColumn} in ($1, $2)",
                two.A.BusinessId, two.B.BusinessId) is not 2L));
        Assert.Equal(two.Tables.Count(), _before.Count);
        Assert.True(_before.Count >= 13, "The catalogue has too few tables.");
    }

    [Fact]
    public async Task Another_business_sees_its_own_rows_of_every_table() =>
        Assert.Empty(await two.OffendersAsync(async table => await OwnersAsync(two.App, table) is not [{ } own] || own != two.B.BusinessId));

    /// <summary>Each must find nothing of A, whether by looking, by locking, by an error or by the statistics.</summary>
    [Theory]
    [InlineData("select count(*) from {table} where {owner} = $1")]
    [InlineData("select count(*) from (select 1 from {table} where {owner} = $1 for update) locked")]
    [InlineData("select count(*) from (select 1 from {table} where {owner} = $1 for key share) locked")]
    [InlineData("select count(*) from {table} where 1 / (case when {owner} = $1 then 0 else 1 end) = 2")]
    [InlineData("select count(*) from {table} where ({owner}::text || 'x')::uuid is null and {owner} = $1")]
    [InlineData("select count(*) from {table} where ctid in (select ('(0,' || n || ')')::tid from generate_series(1, 50) n) and {owner} = $1")]
    [InlineData("select count(*) from {table} tablesample system (100) where {owner} = $1")]
    [InlineData("select count(*) from (select {owner} from {table} union all select {owner} from {table}) both_of_them where {owner} = $1")]
    [InlineData("select count(*) from {table} a left join {table} b on b.{owner} = $1 where b.{owner} is not null")]
    [InlineData("select count(*) where query_to_xml('select * from {table}', true, true, '')::text like '%' || $1 || '%'")]
    [InlineData("select count(*) where table_to_xml('{table}'::regclass, true, true, '')::text like '%' || $1 || '%'")]
    [InlineData("select count(*) from pg_stats where tablename = '{table}' and $1 is not null")]
    [InlineData("select count(*) from pg_stats_ext where tablename = '{table}' and $1 is not null")]
    public async Task No_way_of_reading_shows_a_row_of_another_business(string sql)
    {
        await two.Superuser.ScalarAsync("analyze");
        Assert.Empty(await two.OffendersAsync(async table =>
        {
            try
            {
                return await two.App.ScalarAsync(two.In(table, sql), two.A.BusinessId) is not 0L;
            }
            catch (PostgresException refused)
            {
                return refused.SqlState != PostgresErrorCodes.InsufficientPrivilege;
            }
        }));
    }

    [Theory]
    [InlineData("update {table} set {column} = {column} where {owner} = $1")]
    [InlineData("delete from {table} where {owner} = $1")]
    [InlineData("with gone as (delete from {table} where {owner} = $1 returning 1) insert into {table} select * from {table} where exists (select from gone)")]
    [InlineData("merge into {table} t using (select $1::uuid as a) s on t.{owner} = s.a when matched then delete")]
    [InlineData("merge into {table} t using (select $1::uuid as a) s on t.{owner} = s.a when matched then update set {column} = t.{column}")]
    public async Task Another_business_changes_and_deletes_no_row_of_any_table(string sql) =>
        Assert.Empty(await two.OffendersAsync(async table => await two.App.AffectedAsync(two.In(table, sql), two.A.BusinessId) != 0));

    [Fact]
    public async Task An_update_without_a_condition_changes_the_own_row_alone()
    {
        var changed = 0;
        Assert.Empty(await two.OffendersAsync(async table =>
        {
            var rows = await two.App.AffectedAsync(two.In(table, "update {table} set {column} = {column}"));
            changed += rows;
            return rows > 1;
        }));
        Assert.NotEqual(0, changed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("on conflict do nothing")]
    [InlineData("on conflict ({key}) do update set {column} = excluded.{column}")]
    [InlineData("returning *")]
    public async Task Another_business_can_neither_insert_nor_upsert_a_row_into_this_one(string suffix) =>
        Assert.Empty(await two.OffendersAsync(async table =>
        {
            // Once with the very keys that are there, so that it would conflict, and once with fresh ones.
            await using var existing = TenantRows.Insert(table, two.A.Row(table.Name), two.App, two.In(table, suffix));
            await using var fresh = TenantRows.Insert(table, await two.A.MakeAsync(table, two.Superuser), two.App, two.In(table, suffix));
            return await two.App.RefusalAsync(existing) is not { SqlState: PostgresErrorCodes.InsufficientPrivilege }
                || await two.App.RefusalAsync(fresh) is not { SqlState: PostgresErrorCodes.InsufficientPrivilege };
        }));

    [Fact]
    public async Task No_row_can_be_moved_into_another_business() =>
        Assert.Empty(await two.OffendersAsync(async table =>
            await two.App.RefusalAsync(two.In(table, "update {table} set {owner} = $1 where {owner} = $2"), two.A.BusinessId, two.B.BusinessId)
                is not { SqlState: PostgresErrorCodes.InsufficientPrivilege }));

    [Fact]
    public async Task A_copy_out_holds_the_own_row_only() =>
        Assert.Empty(await two.OffendersAsync(async table =>
        {
            var rows = await CopyOutAsync($"copy (select * from \"{table.Name}\") to stdout");
            // Of a partitioned table, this one copies nothing.
            var whole = await CopyOutAsync($"copy \"{table.Name}\" to stdout");
            return rows is not [var row] || row.Contains(two.A.BusinessId.ToString(), StringComparison.Ordinal)
                || whole.Except(rows).Any();
        }));

    [Fact]
    public async Task Nothing_can_be_copied_in() =>
        Assert.Empty(await two.OffendersAsync(async table =>
        {
            var columns = string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));
            var refused = await Assert.ThrowsAsync<PostgresException>(async () =>
            {
                await using var copy = await two.App.BeginTextImportAsync($"copy \"{table.Name}\" ({columns}) from stdin", Cancellation);
                await copy.WriteLineAsync(string.Join('\t', table.Columns.Select(c => two.A.Row(table.Name)[c.Name] ?? "\\N")));
            });
            return refused.SqlState is not (PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.InsufficientPrivilege);
        }));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task Without_a_business_no_table_shows_or_takes_a_row(string? setting)
    {
        await using var nobody = await TwoTenants.OpenAsync(two.Database.App);
        if (setting is not null)
        {
            await nobody.ScalarAsync("select set_config('app.business_id', $1, false)", setting);
        }

        Assert.Empty(await two.OffendersAsync(async table =>
        {
            await using var insert = TenantRows.Insert(table, await two.A.MakeAsync(table, two.Superuser), nobody);
            return await OwnersAsync(nobody, table) is not []
                || await nobody.RefusalAsync(insert) is not { SqlState: PostgresErrorCodes.InsufficientPrivilege };
        }));
    }

    [Theory]
    [InlineData("no uuid")]
    [InlineData("{a}, {b}")]
    [InlineData("{a}' or '1'='1")]
    public async Task A_setting_that_is_no_id_is_an_error_and_shows_nothing(string setting)
    {
        await using var nobody = await TwoTenants.OpenAsync(two.Database.App);
        await nobody.ScalarAsync("select set_config('app.business_id', $1, false)",
            setting.Replace("{a}", two.A.BusinessId.ToString()).Replace("{b}", two.B.BusinessId.ToString()));
        Assert.Empty(await two.OffendersAsync(async table =>
            await nobody.RefusalAsync($"select * from \"{table.Name}\"") is not { SqlState: PostgresErrorCodes.InvalidTextRepresentation }));
    }

    /// <summary>Such as the list of plans: a business sees the row that it refers to itself, and no other.</summary>
    [Fact]
    public async Task Of_a_table_without_a_business_only_the_rows_are_seen_that_the_own_business_refers_to()
    {
        var businesses = two.Tables.Single(t => t.Name == "businesses");
        foreach (var table in two.A.Tables.Where(t => t.OwnerColumn is null))
        {
            if (await two.App.RefusalAsync($"select from \"{table.Name}\"") is { } refused)
            {
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
                continue;
            }

            var reference = Assert.Single(businesses.References, r => r.Table == table.Name);
            var key = Assert.Single(reference.Targets);
            var own = Assert.IsType<string>(two.B.Row("businesses")[Assert.Single(reference.Columns)]);
            Assert.True((long)(await two.Superuser.ScalarAsync($"select count(*) from \"{table.Name}\""))! > 1);
            Assert.Equal([own], await two.App.ListAsync($"select \"{key}\"::text from \"{table.Name}\"", r => r.GetString(0)));
        }
    }

    private static Task<List<Guid>> OwnersAsync(NpgsqlConnection connection, CatalogueTable table) =>
        connection.ListAsync($"select {table.OwnerColumn} from \"{table.Name}\"", r => r.GetGuid(0));

    private async Task<string[]> CopyOutAsync(string sql)
    {
        using var copy = await two.App.BeginTextExportAsync(sql, Cancellation);
        return (await copy.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
