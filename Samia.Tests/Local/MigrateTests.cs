using Microsoft.Extensions.Configuration;
using Npgsql;
using Samia.Data;
using Samia.Local;
using Samia.Local.Commands;
using Samia.Tests.Support;

namespace Samia.Tests.Local;

public sealed class MigrateTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_a_superuser_it_makes_the_database_and_its_schema_and_may_be_run_again()
    {
        var name = $"made_{Guid.NewGuid():N}";
        var settings = Settings(
            ("Superuser", servers.Postgres.ConnectionString("postgres", "postgres")),
            ("Owner", servers.Postgres.ConnectionString(DatabaseRoles.Owner, name)),
            ("App", servers.Postgres.ConnectionString(DatabaseRoles.App, name)),
            ("Platform", servers.Postgres.ConnectionString(DatabaseRoles.Platform, name)));

        Assert.Equal(0, await MigrateCommand.RunAsync(settings, Stop));
        Assert.Equal(0, await MigrateCommand.RunAsync(settings, Stop));

        var database = new TestDatabase(servers.Postgres, name);
        await using var inbox = await TestInbox.StartAsync(servers, database);
        Assert.True((await inbox.Http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode);
        Assert.Equal(DatabaseRoles.Owner, await database.ScalarAsync<string>(
            "select pg_get_userbyid(datdba)::text from pg_database where datname = current_database()"));
    }

    [Fact]
    public async Task A_connection_string_of_the_wrong_role_is_named_before_anything_is_done()
    {
        var settings = Settings(("Owner", servers.Postgres.ConnectionString("postgres", "postgres")));
        var wrong = await Assert.ThrowsAsync<LocalSetupException>(() => MigrateCommand.RunAsync(settings, Stop));
        Assert.Contains("'ConnectionStrings:Owner'", wrong.Message);
        Assert.Contains(DatabaseRoles.Owner, wrong.Message);
        Assert.DoesNotContain(servers.Postgres.Password, wrong.Message);
    }

    [Fact]
    public async Task Passwords_may_hold_quotes()
    {
        await using var source = NpgsqlDataSource.Create(servers.Postgres.ConnectionString("postgres", "postgres"));
        await using var connection = await source.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var create = new NpgsqlCommand(DatabaseRoles.CreateScript(_ => "it's; drop"), connection);
        await create.ExecuteNonQueryAsync(Stop);
        await transaction.RollbackAsync(Stop);
    }

    private static IConfiguration Settings(params (string Name, string Value)[] connectionStrings) =>
        new ConfigurationBuilder().AddInMemoryCollection(connectionStrings.Select(c =>
            KeyValuePair.Create<string, string?>("ConnectionStrings:" + c.Name, c.Value))).Build();
}
