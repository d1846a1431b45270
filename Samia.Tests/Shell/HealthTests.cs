using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Samia.Local.Redis;
using Samia.Tests.Support;

namespace Samia.Tests.Shell;

public sealed class HealthTests(TestServers servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_that_has_everything_is_ready()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        Assert.Equal(HttpStatusCode.OK, (await inbox.Http.GetAsync("/health/live", Stop)).StatusCode);
        await Eventually.TrueAsync(async () => (await ReadyAsync(inbox)).Status == "healthy");
        var (code, _, checks) = await ReadyAsync(inbox);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(["database-app", "database-platform", "mail", "redis", "running"], checks.Keys.Order());
    }

    [Fact]
    public async Task Without_Redis_a_node_serves_on_and_says_what_is_amiss()
    {
        var redis = LocalRedis.Start();
        await using var inbox = await TestInbox.StartAsync(servers, configure: With("ConnectionStrings:Redis", redis.ConnectionString));
        await Eventually.TrueAsync(async () => (await ReadyAsync(inbox)).Status == "healthy");

        redis.Dispose();
        await Eventually.TrueAsync(async () => (await ReadyAsync(inbox)).Status == "degraded");
        var (code, _, checks) = await ReadyAsync(inbox);
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal("healthy", checks["database-app"]);
        Assert.Equal("degraded", checks["redis"]);

        using var back = LocalRedis.Start(redis.Port);
        await Eventually.TrueAsync(async () => (await ReadyAsync(inbox)).Status == "healthy", seconds: 60);
    }

    [Theory]
    [InlineData("ConnectionStrings:App", "database-app")]
    [InlineData("ConnectionStrings:Platform", "database-platform")]
    public async Task A_node_that_cannot_reach_its_database_lives_and_is_not_ready(string setting, string check)
    {
        var database = await servers.CreateDatabaseAsync();
        var unknown = new NpgsqlConnectionStringBuilder(setting.EndsWith("App", StringComparison.Ordinal) ? database.App : database.Platform)
        {
            Database = "no_such_database",
        };
        await using var inbox = await TestInbox.StartAsync(servers, database, With(setting, unknown.ConnectionString));

        Assert.Equal(HttpStatusCode.OK, (await inbox.Http.GetAsync("/health/live", Stop)).StatusCode);
        var (code, status, checks) = await ReadyAsync(inbox);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy", "unhealthy"), (code, status, checks[check]));
        var text = await (await inbox.Http.GetAsync("/health/ready", Stop)).Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain("no_such_database", text);
        Assert.DoesNotContain(unknown.Password!, text);
        Assert.DoesNotContain("samia_", text);
    }

    [Fact]
    public async Task A_schema_older_than_the_build_is_not_ready_and_a_newer_one_is()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        await inbox.Database.ExecuteAsync("""
            insert into "__EFMigrationsHistory" values ('99991231000000_OfALaterBuild', '10.0.0')
            """);
        Assert.Equal("healthy", (await ReadyAsync(inbox)).Checks["database-platform"]);

        await inbox.Database.ExecuteAsync("""delete from "__EFMigrationsHistory" where migration_id < '9999'""");
        var (code, _, checks) = await ReadyAsync(inbox);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unhealthy"), (code, checks["database-platform"]));
    }

    [Fact]
    public async Task A_database_that_was_never_migrated_is_not_ready()
    {
        await using var inbox = await TestInbox.StartAsync(servers);
        await inbox.Database.ExecuteAsync("""revoke all on "__EFMigrationsHistory" from samia_platform""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await ReadyAsync(inbox)).Code);
        await inbox.Database.ExecuteAsync("""drop table "__EFMigrationsHistory" """);
        Assert.Equal("unhealthy", (await ReadyAsync(inbox)).Checks["database-platform"]);
    }

    [Fact]
    public async Task A_node_told_to_stop_is_not_ready_and_serves_until_it_has_drained()
    {
        await using var inbox = await TestInbox.StartAsync(servers, configure: With("Samia:DrainSeconds", "3"));
        Assert.Equal("healthy", (await ReadyAsync(inbox)).Checks["running"]);

        var stopped = inbox.StopAsync();
        await Eventually.TrueAsync(async () => (await ReadyAsync(inbox)).Code == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unhealthy", (await ReadyAsync(inbox)).Checks["running"]);
        Assert.Equal(HttpStatusCode.OK, (await inbox.Http.GetAsync("/health/live", Stop)).StatusCode);
        await stopped;
        await Assert.ThrowsAsync<HttpRequestException>(() => inbox.Http.GetAsync("/health/live", Stop));
    }

    private static Action<WebApplicationBuilder> With(string setting, string value) => builder =>
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [setting] = value, ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        });

    private static async Task<(HttpStatusCode Code, string Status, Dictionary<string, string> Checks)> ReadyAsync(TestInbox inbox)
    {
        using var response = await inbox.Http.GetAsync("/health/ready", Stop);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;
        return (response.StatusCode, (string)json["status"]!,
            json["checks"]!.AsObject().ToDictionary(c => c.Key, c => (string)c.Value!["status"]!));
    }
}
