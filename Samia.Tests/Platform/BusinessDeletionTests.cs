using Npgsql;
using Samia.Data;
using Samia.Inbox.Platform;
using Samia.Tests.Data;
using Samia.Tests.Support;

namespace Samia.Tests.Platform;

/// <summary>After its grace period a closed business is gone, wherever it had a row.</summary>
public sealed class BusinessDeletionTests(TestServers servers) : IAsyncLifetime
{
    private TransferHouse _house = null!;
    private Guid _gone;
    private Guid _stays;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private BusinessDeletion Deletion => (BusinessDeletion)_house.Installation.Services.GetService(typeof(BusinessDeletion))!;

    public async ValueTask InitializeAsync()
    {
        _house = await TransferHouse.BuildAsync(servers);
        (_gone, _) = await _house.SettleAsync();
        (_stays, _) = await _house.SettleAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Nothing_of_it_is_left_in_any_table_and_everything_of_another_is()
    {
        var before = await RowsAsync(_stays);
        Assert.All(before, table => Assert.True(table.Value > 0, table.Key));
        await CloseAsync("now() - interval '1 second'");

        Assert.Equal([_gone], await Deletion.DueAsync(Stop));
        Assert.True(await Deletion.DeleteAsync(_gone, Stop) >= before.Count);
        Assert.All(await RowsAsync(_gone), table => Assert.True(table.Value == 0, table.Key));
        Assert.Equal(before, await RowsAsync(_stays));
        Assert.Empty(await Deletion.DueAsync(Stop));
    }

    [Fact]
    public async Task Who_worked_there_alone_has_no_sign_in_left_and_who_works_elsewhere_too_keeps_it()
    {
        var both = await _house.Database.ScalarAsync<Guid>("select user_id from employees where business_id = $1", _gone);
        await _house.Database.ExecuteAsync("update employees set user_id = $1 where business_id = $2", both, _stays);
        var alone = Guid.CreateVersion7();
        await _house.Database.ExecuteAsync("""
            insert into users (id, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
            values ($1, false, false, false, true, 0)
            """, alone);
        await _house.Database.ExecuteAsync("""
            insert into employees (business_id, id, user_id, name, role_id, is_active, availability, languages, created_at)
            select business_id, gen_random_uuid(), $1, 'Alone', role_id, true, 'online', '{}', now() from employees where business_id = $2
            """, alone, _gone);
        await CloseAsync("now() - interval '1 second'");

        await Deletion.DeleteAsync(_gone, Stop);
        Assert.Equal(1, await _house.Database.ScalarAsync<long>("select count(*) from users where id = $1", both));
        Assert.Equal(0, await _house.Database.ScalarAsync<long>("select count(*) from users where id = $1", alone));
    }

    [Fact]
    public async Task Interrupted_it_goes_on_where_it_was()
    {
        await CloseAsync("now() - interval '1 second'");
        // Something refers to the business still, which the last step finds.
        await _house.Database.ExecuteAsync("""
            create table leftovers (business_id uuid references businesses (id)); insert into leftovers select id from businesses
            """.Replace("select id from businesses", $"values ('{_gone}')"));
        await Assert.ThrowsAsync<PostgresException>(() => Deletion.DeleteAsync(_gone, Stop));
        Assert.Equal(0, await _house.Database.ScalarAsync<long>("select count(*) from messages where business_id = $1", _gone));
        Assert.Equal([_gone], await Deletion.DueAsync(Stop));

        await _house.Database.ExecuteAsync("drop table leftovers");
        Assert.Equal(1, await Deletion.DeleteAsync(_gone, Stop));
        Assert.Equal(0, await _house.Database.ScalarAsync<long>("select count(*) from businesses where id = $1", _gone));
    }

    [Fact]
    public async Task Many_rows_go_in_batches()
    {
        await _house.Database.ExecuteAsync("""
            insert into business_days (business_id, id, day, messages)
            select $1, gen_random_uuid(), date '1990-01-01' + n, 1 from generate_series(1, 4500) n
            """, _gone);
        await CloseAsync("now() - interval '1 second'");
        Assert.True(await Deletion.DeleteAsync(_gone, Stop) > 4500);
        Assert.Equal(0, await _house.Database.ScalarAsync<long>("select count(*) from business_days where business_id = $1", _gone));
    }

    [Theory]
    [InlineData("update businesses set status = 'active'")]
    [InlineData("update businesses set delete_after = now() + interval '1 hour'")]
    [InlineData("update businesses set exported_at = null")]
    [InlineData("update businesses set exported_at = closed_at - interval '1 hour'")]
    public async Task The_database_refuses_what_is_not_due_whoever_asks(string sql)
    {
        await CloseAsync("now() - interval '1 second'");
        await _house.Database.ExecuteAsync(sql);
        await using var platform = new NpgsqlConnection(_house.Database.Platform);
        await platform.OpenAsync(Stop);
        foreach (var call in (string[])["app.delete_from_closed_business($1, 'messages', null, 10)", "app.release_in_closed_business($1, 'prompt_templates', 'published_version_id')"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => platform.ScalarAsync("select " + call, _gone));
            Assert.Equal(PostgresErrorCodes.ObjectNotInPrerequisiteState, refused.SqlState);
        }

        Assert.Equal(1, await _house.Database.ScalarAsync<long>("select count(*) from messages where business_id = $1", _gone));
    }

    [Fact]
    public async Task A_business_cannot_delete_itself_and_nobody_can_delete_rows_but_by_the_function()
    {
        await CloseAsync("now() - interval '1 second'");
        foreach (var connection in (string[])[_house.Database.App, _house.Database.Platform])
        {
            await using var role = new NpgsqlConnection(connection);
            await role.OpenAsync(Stop);
            await role.EnterAsync(_gone);
            await Assert.ThrowsAsync<PostgresException>(() => role.ScalarAsync("delete from activity_logs"));
            await Assert.ThrowsAsync<PostgresException>(() => role.ScalarAsync("delete from businesses"));
        }

        await using var app = new NpgsqlConnection(_house.Database.App);
        await app.OpenAsync(Stop);
        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            app.ScalarAsync("select app.delete_from_closed_business($1, 'messages', null, 10)", _gone));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    private Task CloseAsync(string deleteAfter) => _house.Database.ExecuteAsync($"""
        update businesses set status = 'closed', closed_at = now() - interval '31 days', exported_at = now() - interval '30 days',
            delete_after = {deleteAfter} where id = $1
        """, _gone);

    // From the catalogue and not from our own list of tables.
    private async Task<Dictionary<string, long>> RowsAsync(Guid businessId)
    {
        await using var superuser = await TwoTenants.OpenAsync(_house.Database.Superuser);
        var rows = new Dictionary<string, long>();
        foreach (var table in (await Catalogue.ReadAsync(superuser)).Where(t => t.OwnerColumn is not null))
        {
            rows[table.Name] = (long)(await superuser.ScalarAsync($"select count(*) from {table.Name} where {table.OwnerColumn} = $1", businessId))!;
        }

        return rows;
    }
}
