using Npgsql;

namespace Samia.Tests.Data;

/// <summary>A column as the catalogue describes it.</summary>
public sealed record CatalogueColumn(string Name, string Type, bool IsRequired);

/// <summary>A foreign key: these columns hold the key of that table.</summary>
public sealed record CatalogueReference(string Table, string[] Columns, string[] Targets);

/// <summary>A table with a <c>business_id</c>, read from the catalogue.</summary>
public sealed record CatalogueTable(
    string Name, IReadOnlyList<CatalogueColumn> Columns, IReadOnlyList<CatalogueReference> References,
    IReadOnlyDictionary<string, string> AllowedValues)
{
    /// <summary>The tenant tables and <c>businesses</c>, each after those it refers to.</summary>
    public static async Task<IReadOnlyList<CatalogueTable>> ReadAllAsync(NpgsqlConnection connection)
    {
        var names = await ListAsync(connection, """
            select c.relname from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
            and c.relname <> '__EFMigrationsHistory' order by c.relname
            """, r => r.GetString(0));
        var tables = new List<CatalogueTable>();
        foreach (var name in names)
        {
            tables.Add(await ReadAsync(connection, name));
        }

        return Sorted(tables);
    }

    public bool IsTenantTable => Columns.Any(c => c.Name == "business_id");

    private static async Task<CatalogueTable> ReadAsync(NpgsqlConnection connection, string table)
    {
        var columns = await ListAsync(connection, """
            select a.attname, format_type(a.atttypid, null), a.attnotnull and not a.atthasdef and a.attidentity = ''
            from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum
            """, r => new CatalogueColumn(r.GetString(0), r.GetString(1), r.GetBoolean(2)), table);
        var references = await ListAsync(connection, """
            select k.confrelid::regclass::text,
                (select array_agg(a.attname::text order by o) from unnest(k.conkey) with ordinality u(n, o)
                    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
                (select array_agg(a.attname::text order by o) from unnest(k.confkey) with ordinality u(n, o)
                    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)
            from pg_constraint k where k.conrelid = $1::regclass and k.contype = 'f'
            """, r => new CatalogueReference(r.GetString(0), (string[])r[1], (string[])r[2]), table);
        // ck_<table>_<column> lists an enum's names; the first will do.
        var allowed = await ListAsync(connection, """
            select (select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]),
                substring(pg_get_constraintdef(k.oid) from '''([a-z_]+)''')
            from pg_constraint k where k.conrelid = $1::regclass and k.contype = 'c' and cardinality(k.conkey) = 1
            """, r => (Column: r.GetString(0), Value: r.GetString(1)), table);
        return new CatalogueTable(table, columns, references, allowed.ToDictionary(a => a.Column, a => a.Value));
    }

    private static List<CatalogueTable> Sorted(List<CatalogueTable> tables)
    {
        var sorted = new List<CatalogueTable>();
        while (sorted.Count < tables.Count)
        {
            var ready = tables.Except(sorted).Where(t => t.References.All(r =>
                r.Table == t.Name || sorted.Exists(s => s.Name == r.Table) || !t.Requires(r))).ToList();
            Assert.NotEmpty(ready);
            sorted.AddRange(ready);
        }

        return sorted;
    }

    /// <summary>Whether a row cannot do without that reference.</summary>
    public bool Requires(CatalogueReference reference) =>
        reference.Columns.All(name => Columns.Single(c => c.Name == name).IsRequired);

    private static async Task<List<T>> ListAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
