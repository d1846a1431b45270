using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Samia.Data;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>A database that an earlier release filled is brought to this one's schema with its rows.</summary>
public sealed class UpgradeTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_of_the_first_release_get_plans_seeded_roles_and_a_chained_log()
    {
        var database = await OldDatabaseAsync("20261124220807_MainJob");
        var (business, other, role, user) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in new[] { business, other })
        {
            await database.ExecuteAsync("""
                insert into businesses (id, name, slug, status, time_zone, locale, created_at, live_sequence)
                values ($1, 'Old', $1::text, 'active', 'UTC', 'en', now(), 0)
                """, id);
            await database.ExecuteAsync("""
                insert into activity_logs (business_id, id, at, action)
                select $1, gen_random_uuid(), now() - make_interval(secs => n), 'employee.signed_in' from generate_series(1, 5) n
                """, id);
        }

        await database.ExecuteAsync(
            "insert into roles (business_id, id, name, permissions) values ($1, $2, 'Admin', array['settings.manage'])", business, role);
        await database.ExecuteAsync("""
            insert into users (id, user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled,
                access_failed_count) values ($1, 'old', false, false, false, false, 0)
            """, user);
        await database.ExecuteAsync("""
            insert into employees (business_id, id, user_id, name, role_id, is_active, created_at)
            values ($1, gen_random_uuid(), $2, 'Old Hand', $3, true, now())
            """, business, user, role);

        Assert.NotEmpty(await DatabaseMigrator.MigrateAsync(database.Owner, Stop));

        Assert.Equal("trial", await database.ScalarAsync<string>("select plan_id from businesses where id = $1", business));
        Assert.True(await database.ScalarAsync<bool>(
            "select is_seeded and 'team.manage' = any (permissions) from roles where id = $1", role));
        Assert.Equal("online", await database.ScalarAsync<string>("select availability from employees where user_id = $1", user));
        Assert.Equal(10L, await database.ScalarAsync<long>("""
            select count(*) from activity_logs log
            where hash = app.activity_hash(log, previous_hash) and previous_hash is not distinct from (
                select hash from activity_logs earlier
                where earlier.business_id = log.business_id and earlier.sequence = log.sequence - 1)
            """));
        Assert.Equal(5L, await database.ScalarAsync<long>("select length from activity_chains where business_id = $1", other));
    }

    [Fact]
    public async Task A_migrated_database_has_nothing_left_to_migrate()
    {
        var database = await servers.CreateDatabaseAsync();
        Assert.Empty(await DatabaseMigrator.MigrateAsync(database.Owner, Stop));
        await using var context = new SamiaDbContext(SamiaData.OptionsFor(database.Owner), new TenantContext());
        Assert.False(context.Database.HasPendingModelChanges());
    }

    private async Task<TestDatabase> OldDatabaseAsync(string migration)
    {
        var name = $"old_{Guid.NewGuid():N}";
        await using (var source = NpgsqlDataSource.Create(servers.Postgres.ConnectionString("postgres", "postgres", "Pooling=false")))
        {
            await using var create = source.CreateCommand($"create database {name} owner {DatabaseRoles.Owner}");
            await create.ExecuteNonQueryAsync(Stop);
        }

        var database = new TestDatabase(servers.Postgres, name);
        await using var context = new SamiaDbContext(SamiaData.OptionsFor(database.Owner), new TenantContext());
        await context.GetService<IMigrator>().MigrateAsync(migration, Stop);
        return database;
    }
}
