using Npgsql;

namespace Samia.Tests.Data;

/// <summary>
/// Gives every table a row of a business, made up from the catalogue alone, so that a table that is added later gets
/// one without an edit here. Every column is filled that may be.
/// </summary>
/// <param name="tables">Each after those it refers to.</param>
/// <param name="ordinal">Which of the rows to take where a table of no business has all the rows that it may have.</param>
public sealed class TenantRows(IReadOnlyList<CatalogueTable> tables, int ordinal = 0)
{
    private readonly Dictionary<string, Dictionary<string, string?>> _rows = [];

    public Guid BusinessId { get; } = Guid.CreateVersion7();

    public IEnumerable<CatalogueTable> Tables => tables;

    /// <summary>What stands in the business's row of a table, as text.</summary>
    public IReadOnlyDictionary<string, string?> Row(string table) => _rows[table];

    /// <summary>Whether the business has a row in a table.</summary>
    public bool Has(string table) => _rows.ContainsKey(table);

    /// <summary>Writes one row into every table.</summary>
    public async Task InsertAllAsync(NpgsqlConnection superuser)
    {
        foreach (var table in tables)
        {
            await InsertAsync(table, superuser);
        }
    }

    /// <summary>Registers the business and nothing that belongs to it.</summary>
    public async Task InsertBusinessAsync(NpgsqlConnection superuser)
    {
        var businesses = tables.Single(t => t.Name == "businesses");
        await InsertWhatItNeedsAsync(businesses, superuser);
        await InsertAsync(businesses, superuser);
    }

    /// <summary>Writes one row into every table before this one that it refers to, however far.</summary>
    public async Task InsertWhatItNeedsAsync(CatalogueTable table, NpgsqlConnection superuser)
    {
        var before = tables.TakeWhile(t => t != table).ToList();
        HashSet<string> wanted = [.. table.References.Select(r => r.Table)];
        foreach (var needed in before.AsEnumerable().Reverse().Where(t => wanted.Contains(t.Name)))
        {
            wanted.UnionWith(needed.References.Select(r => r.Table));
        }

        foreach (var needed in before.Where(t => wanted.Contains(t.Name)))
        {
            await InsertAsync(needed, superuser);
        }
    }

    /// <summary>Another row of this business, not written, that refers only to rows that it has.</summary>
    public Task<Dictionary<string, string?>> MakeAsync(
        CatalogueTable table, NpgsqlConnection superuser, params (string Column, string Value)[] fixedValues)
    {
        var given = table.Columns.Select(c => (c.Name, Values: Given(table, c))).Where(g => g.Values is not null)
            .ToDictionary(g => g.Name, g => g.Values!);
        foreach (var (column, value) in fixedValues)
        {
            given[column] = [value];
        }

        return new RowSolver(superuser).SolveAsync(table, given);
    }

    /// <summary>An insert of that row, with what may follow its values.</summary>
    public static NpgsqlCommand Insert(
        CatalogueTable table, IReadOnlyDictionary<string, string?> row, NpgsqlConnection connection, string suffix = "")
    {
        var columns = table.Columns.Where(c => row.ContainsKey(c.Name)).ToList();
        return connection.Command($"""
            insert into "{table.Name}" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))})
            values ({string.Join(", ", columns.Select((c, i) => $"${i + 1}::text::{c.Type}"))}) {suffix}
            """, [.. columns.Select(c => row[c.Name])]);
    }

    private async Task InsertAsync(CatalogueTable table, NpgsqlConnection superuser)
    {
        var row = await MakeAsync(table, superuser);
        await using var insert = Insert(table, row, superuser, table.OwnerColumn is null ? "on conflict do nothing" : "");
        if (await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) == 0)
        {
            row = await ExistingAsync(table, superuser);
        }

        _rows[table.Name] = row;
    }

    // Such as a list of plans that the migration has filled already.
    private async Task<Dictionary<string, string?>> ExistingAsync(CatalogueTable table, NpgsqlConnection superuser)
    {
        var rows = await superuser.ListAsync(
            $"select {string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\"::text"))} from \"{table.Name}\" order by 1",
            r => table.Columns.Select((c, i) => (c.Name, Value: r.IsDBNull(i) ? null : r.GetString(i))).ToDictionary(c => c.Name, c => c.Value));
        return rows[ordinal % rows.Count];
    }

    // Null for what is to be made up.
    private IReadOnlyList<string?>? Given(CatalogueTable table, CatalogueColumn column)
    {
        if (column.Name == table.OwnerColumn)
        {
            return [BusinessId.ToString()];
        }

        var reference = table.References.FirstOrDefault(r => r.Columns.Contains(column.Name));
        if (reference is null)
        {
            return Candidates.Of(table, column) is [Candidates.OwnBusiness] ? [BusinessId.ToString()] : null;
        }

        var target = _rows.TryGetValue(reference.Table, out var row) ? row[reference.TargetOf(column.Name)] : null;
        return target is null ? [null] : column.IsNullable ? [target, null] : [target];
    }
}
