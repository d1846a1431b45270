using Npgsql;

namespace Samia.Tests.Data;

/// <summary>Reads what tables there are from pg_catalog, so that a table that is added later comes along by itself.</summary>
public static class Catalogue
{
    /// <summary>Every table, each after those it refers to as far as that is possible.</summary>
    public static async Task<IReadOnlyList<CatalogueTable>> ReadAsync(NpgsqlConnection connection)
    {
        var names = await connection.ListAsync("""
            select c.relname from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
            and c.relnamespace = 'public'::regnamespace and c.relname <> '__EFMigrationsHistory' order by c.relname
            """, r => r.GetString(0));
        var tables = new List<CatalogueTable>();
        foreach (var name in names)
        {
            tables.Add(new CatalogueTable(name, await ColumnsAsync(connection, name), await ReferencesAsync(connection, name),
                await ChecksAsync(connection, name), await KeysAsync(connection, name)));
        }

        return Sorted(tables);
    }

    private static Task<List<CatalogueColumn>> ColumnsAsync(NpgsqlConnection connection, string table) => connection.ListAsync("""
        select a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = ''
        order by a.attnum
        """, r => new CatalogueColumn(r.GetString(0), r.GetString(1), r.GetBoolean(2), r.IsDBNull(3) ? null : r.GetString(3)), table);

    // A foreign key to a partitioned table has a copy for each partition, whose parent is the one that was declared.
    private static Task<List<CatalogueReference>> ReferencesAsync(NpgsqlConnection connection, string table) =>
        connection.ListAsync("""
            select k.conname, (select relname from pg_class where oid = k.confrelid),
                (select array_agg(a.attname::text order by o) from unnest(k.conkey) with ordinality u(n, o)
                    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.n),
                (select array_agg(a.attname::text order by o) from unnest(k.confkey) with ordinality u(n, o)
                    join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.n)
            from pg_constraint k where k.conrelid = $1::regclass and k.contype = 'f' and k.conparentid = 0 order by k.conname
            """, r => new CatalogueReference(r.GetString(0), r.GetString(1), (string[])r[2], (string[])r[3]), table);

    private static Task<List<CatalogueCheck>> ChecksAsync(NpgsqlConnection connection, string table) => connection.ListAsync("""
        select k.conname, pg_get_expr(k.conbin, k.conrelid),
            (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = k.conrelid and a.attnum = any(k.conkey))
        from pg_constraint k where k.conrelid = $1::regclass and k.contype = 'c' order by k.conname
        """, r => new CatalogueCheck(r.GetString(0), r.GetString(1), (string[])r[2]), table);

    private static Task<List<CatalogueKey>> KeysAsync(NpgsqlConnection connection, string table) => connection.ListAsync("""
        select i.indexrelid::regclass::text, case when i.indexprs is null then
            (select array_agg(a.attname::text order by o) from unnest(i.indkey::int2[]) with ordinality u(n, o)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.n where o <= i.indnkeyatts) end
        from pg_index i where i.indrelid = $1::regclass and i.indisunique order by 1
        """, r => new CatalogueKey(r.GetString(0), r.IsDBNull(1) ? null : (string[])r[1]), table);

    private static List<CatalogueTable> Sorted(List<CatalogueTable> tables)
    {
        var sorted = new List<CatalogueTable>();
        while (sorted.Count < tables.Count)
        {
            var left = tables.Except(sorted).ToList();
            var ready = left.Where(t => t.References.All(r => IsThere(t, r))).ToList();
            if (ready.Count == 0)
            {
                // A circle of references: somebody has to do without one that is optional.
                ready = [.. left.Where(t => t.References.All(r => IsThere(t, r) || !t.Requires(r))).Take(1)];
            }

            Assert.NotEmpty(ready);
            sorted.AddRange(ready);
        }

        return sorted;

        bool IsThere(CatalogueTable table, CatalogueReference reference) =>
            reference.Table == table.Name || sorted.Exists(s => s.Name == reference.Table);
    }
}
