using System.Text.Json;
using Npgsql;
using Samia.Local.Commands;
using Samia.Local.Legacy;
using Samia.Tests.Support;

namespace Samia.Tests.Legacy;

/// <summary>An old database, a business that takes it in, and the command between them.</summary>
internal sealed class LegacyMove : IAsyncDisposable
{
    /// <summary>The old database's password. Nothing may ever print it.</summary>
    public const string Password = "canary-of-the-old-database";
    private static int databases;
    private readonly string _directory = Directory.CreateTempSubdirectory("samia-legacy-").FullName;
    private readonly TestInbox _inbox;

    private LegacyMove(TestInbox inbox, TestBusiness business, string old)
    {
        (_inbox, Business, Old) = (inbox, business, old);
        Settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Owner"] = inbox.Database.Owner,
            ["ConnectionStrings:App"] = inbox.Database.App,
            ["ConnectionStrings:Platform"] = inbox.Database.Platform,
            ["ConnectionStrings:Redis"] = "127.0.0.1:1",
            ["Samia:MasterKey"] = TestInbox.MasterKey,
        };
        Installation = Installation.Open(Settings);
    }

    public TestBusiness Business { get; }

    /// <summary>Signs in to the old database.</summary>
    public string Old { get; }
    public Installation Installation { get; }
    public Dictionary<string, string?> Settings { get; }

    /// <summary>What the last run said.</summary>
    public string Said { get; private set; } = "";
    public string ReportFile => Path.Combine(_directory, "refused.jsonl");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<LegacyMove> BeginAsync(TestServers servers, TestInbox inbox, string rows, string ddl = OldShape.Ddl)
    {
        var name = $"old_{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(servers.Postgres.ConnectionString("postgres", "postgres", "Pooling=false"),
            $"create role {name} login password '{Password}'", $"create database {name} owner {name}");
        var old = new NpgsqlConnectionStringBuilder(servers.Postgres.ConnectionString(name, name, "Pooling=false")) { Password = Password };
        await ExecuteAsync(old.ConnectionString, ddl, rows);
        return new LegacyMove(inbox, await TestBusiness.CreateAsync(inbox), old.ConnectionString);
    }

    public Task ChangeOldAsync(string sql) => ExecuteAsync(Old, sql);

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(bool isDryRun = false, Func<string, long, IProgress<int>>? bar = null, string? from = null)
    {
        await using var said = new StringWriter();
        var slug = await _inbox.Database.ScalarAsync<string>("select slug from businesses where id = $1", Business.Id);
        try
        {
            return await ImportLegacyCommand.RunAsync(Installation, from ?? Old, slug, isDryRun, ReportFile, bar ?? ((_, _) => new Unwatched()),
                said, Stop);
        }
        finally
        {
            Said = said.ToString();
        }
    }

    public (string Table, string Key, string Reason)[] Report() =>
    [
        .. File.ReadAllLines(ReportFile).Select(l => JsonSerializer.Deserialize<LegacyRefusal>(l, JsonSerializerOptions.Web)!)
            .Select(r => (r.Table, r.Key, r.Reason)),
    ];

    public Task<long> CountAsync(string table) => CountAsync(table, Business.Id);

    public Task<long> CountAsync(string table, Guid businessId) =>
        _inbox.Database.ScalarAsync<long>($"select count(*) from {table} where business_id = $1", businessId);

    /// <summary>A hash of all that a business has, by table; but for how far the import is, and for what workers count.</summary>
    public async Task<Dictionary<string, string>> ContentAsync(Guid businessId)
    {
        var tables = await _inbox.Database.ScalarAsync<string[]>("""
            select array_agg(c.relname::text order by c.relname) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'business_id'
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ('legacy_imports', 'business_days')
            """);
        var content = new Dictionary<string, string>();
        foreach (var table in tables)
        {
            content[table] = await _inbox.Database.ScalarAsync<string>(
                $"select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t.id)), '') from {table} t where business_id = $1", businessId);
        }

        return content;
    }

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task ExecuteAsync(string connectionString, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Stop);
        foreach (var sql in statements.Where(s => s.Length > 0))
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Stop);
        }
    }

    private sealed class Unwatched : IProgress<int>
    {
        public void Report(int value)
        {
        }
    }
}
