using Npgsql;
using Samia.Tests.Support;

namespace Samia.Tests.Data;

/// <summary>
/// A database in which the businesses A and B have a row in every table, and a connection of <c>samia_app</c> that acts
/// for B.
/// </summary>
public sealed class TwoTenants(TestServers servers) : IAsyncLifetime
{
    private NpgsqlConnection? _superuser;
    private NpgsqlConnection? _app;
    private TestDatabase? _database;
    private TenantRows? _a;
    private TenantRows? _b;
    private Dictionary<string, string> _writable = [];

    public TestDatabase Database => _database ?? throw NotStarted();

    /// <summary>Sees what really is in the tables.</summary>
    public NpgsqlConnection Superuser => _superuser ?? throw NotStarted();

    /// <summary>Signed in as <c>samia_app</c>, for <see cref="B"/>.</summary>
    public NpgsqlConnection App => _app ?? throw NotStarted();
    public TenantRows A => _a ?? throw NotStarted();
    public TenantRows B => _b ?? throw NotStarted();

    /// <summary>The tables that belong to a business, <c>businesses</c> among them.</summary>
    public IEnumerable<CatalogueTable> Tables => A.Tables.Where(t => t.OwnerColumn is not null);

    public async ValueTask InitializeAsync()
    {
        _database = await servers.CreateDatabaseAsync();
        _superuser = await OpenAsync(_database.Superuser);
        var tables = await Catalogue.ReadAsync(_superuser);
        (_a, _b) = (new TenantRows(tables, ordinal: 0), new TenantRows(tables, ordinal: 1));
        await _a.InsertAllAsync(_superuser);
        await _b.InsertAllAsync(_superuser);
        var writable = await _superuser.ListAsync("""
            select c.relname, min(a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'public'::regnamespace and not a.attisdropped and a.attgenerated = ''
            and has_column_privilege('samia_app', c.oid, a.attnum, 'update') group by c.relname
            """, r => (Table: r.GetString(0), Column: r.GetString(1)));
        _writable = writable.ToDictionary(w => w.Table, w => w.Column);
        _app = await OpenAsync(_database.App);
        await _app.EnterAsync(_b.BusinessId);
    }

    /// <summary>Another connection, not from a pool.</summary>
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Which tables do what they should not.</summary>
    public async Task<List<string>> OffendersAsync(Func<CatalogueTable, Task<bool>> offends)
    {
        var offenders = new List<string>();
        foreach (var table in Tables)
        {
            if (await offends(table))
            {
                offenders.Add(table.Name);
            }
        }

        return offenders;
    }

    /// <summary>
    /// SQL about one table: <c>{table}</c>, <c>{owner}</c> (the column that says whose a row is), <c>{key}</c> (the
    /// primary key) and <c>{column}</c> (one that <c>samia_app</c> may change, where there is one) are filled in.
    /// </summary>
    public string In(CatalogueTable table, string sql) => sql.Replace("{table}", table.Name)
        .Replace("{owner}", table.OwnerColumn).Replace("{key}", table.IsTenantTable ? "business_id, id" : "id")
        .Replace("{column}", _writable.GetValueOrDefault(table.Name, table.OwnerColumn!));

    /// <summary>All that A has, so that a change anywhere shows.</summary>
    public async Task<List<string>> RowsOfAAsync()
    {
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            rows.AddRange(await Superuser.ListAsync(
                $"select t::text from \"{table.Name}\" t where {table.OwnerColumn} = $1 order by 1",
                r => $"{table.Name} {r.GetString(0)}", A.BusinessId));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_superuser?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static InvalidOperationException NotStarted() => new("The two businesses are not there yet.");
}
