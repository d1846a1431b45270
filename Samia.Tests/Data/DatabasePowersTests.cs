using System.Text.RegularExpressions;
using Npgsql;
using Samia.Data;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>
/// What the role that serves requests may do besides reading and writing rows, whatever SQL somebody made it run. It can
/// always name another business, because that is how the product tells it whose turn it is: so no SQL is made of text.
/// </summary>
public sealed class DatabasePowersTests(TwoTenants two, TestServers servers) : IClassFixture<TwoTenants>
{
    public static TheoryData<string> Refused => [.. DatabasePowers.Refused];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_right_that_nobody_needs_is_refused(string sql)
    {
        var refused = await two.App.RefusalAsync(sql);
        Assert.True(refused?.SqlState is PostgresErrorCodes.InsufficientPrivilege, $"{sql}: {refused?.SqlState} {refused?.MessageText}");
    }

    [Fact]
    public async Task Policies_cannot_be_switched_off()
    {
        await using var session = await TwoTenants.OpenAsync(two.Database.App);
        await session.EnterAsync(two.B.BusinessId);
        await session.ScalarAsync("set row_security = off");
        Assert.Empty(await two.OffendersAsync(async table =>
            await session.RefusalAsync($"select * from \"{table.Name}\"") is not { SqlState: PostgresErrorCodes.InsufficientPrivilege }));
    }

    [Fact]
    public async Task Only_the_functions_of_ours_that_are_named_may_be_called_and_run_as_their_owner()
    {
        const string Ours = """
            from pg_proc p where p.pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema') and not exists (
                select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')
            """;
        Assert.Equal(DatabasePowers.OwnFunctions.Keys, await NamesAsync(
            $"select p.oid::regprocedure::text {Ours} and has_function_privilege('samia_app', p.oid, 'execute')"));
        Assert.Equal(DatabasePowers.RunAsOwner.Keys.Order(), await NamesAsync(
            $"select p.oid::regprocedure::text {Ours} and p.prosecdef order by 1"));
        // Otherwise its caller would choose what its names mean.
        Assert.Empty(await NamesAsync(
            $"select p.oid::regprocedure::text {Ours} and p.prosecdef and not exists (select from unnest(p.proconfig) c where c like 'search_path=%')"));
        Assert.Equal(DatabasePowers.Extensions.Keys.Order(), await NamesAsync("select extname from pg_extension order by 1"));
    }

    [Fact]
    public async Task Each_function_of_Postgres_that_does_something_was_thought_about()
    {
        var open = await NamesAsync("""
            select distinct proname from pg_proc where pronamespace = 'pg_catalog'::regnamespace and provolatile = 'v'
            and has_function_privilege('samia_app', oid, 'execute') order by 1
            """);
        Assert.NotEmpty(open);
        var known = new Regex($"^({string.Join('|', DatabasePowers.VolatileFunctions.Keys)})$");
        Assert.All(open, name => Assert.Matches(known, name));
        Assert.All(DatabasePowers.VolatileFunctions.Keys, pattern => Assert.Contains(open, name => Regex.IsMatch(name, $"^({pattern})$")));
    }

    [Fact]
    public async Task No_sequence_is_granted_no_role_is_lent_and_no_setting_names_a_business()
    {
        Assert.Empty(await NamesAsync(
            "select relname from pg_class where case relkind when 'S' then has_sequence_privilege('samia_app', oid, 'usage, select, update') end"));
        Assert.Empty(await NamesAsync("""
            select r.rolname || ' of ' || g.rolname from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid
            where r.rolname like 'samia\_%' or g.rolname like 'samia\_%'
            """));
        Assert.Empty(await NamesAsync("select c from pg_db_role_setting s, unnest(s.setconfig) c where c ~ '^(app\\.|row_security|role|session_)'"));
    }

    /// <summary>The role may change its own defaults, which nobody can forbid it. A node notices.</summary>
    [Fact]
    public async Task A_node_whose_connections_have_a_business_before_they_are_told_one_is_not_ready()
    {
        await using var inbox = await TestInbox.StartAsync(servers, two.Database, builder =>
            builder.Configuration["ConnectionStrings:App"] = two.Database.App + $";Options=-c app.business_id={two.A.BusinessId}");
        var answer = await inbox.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("before it was told", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("No Reset On Close=true")]
    [InlineData("Multiplexing=true")]
    public async Task A_connection_string_that_hands_sessions_on_is_refused(string setting) =>
        Assert.Contains("must say neither", (await Assert.ThrowsAsync<ArgumentException>(() => TestInbox.StartAsync(servers, two.Database,
            builder => builder.Configuration["ConnectionStrings:App"] = two.Database.App + ";" + setting))).Message);

    private Task<List<string>> NamesAsync(string sql) => two.Superuser.ListAsync(sql, r => r.GetString(0));
}
