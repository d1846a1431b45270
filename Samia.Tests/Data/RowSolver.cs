using Npgsql;

namespace Samia.Tests.Data;

/// <summary>Finds values that a table's check constraints accept, by asking Postgres to evaluate them.</summary>
public sealed class RowSolver(NpgsqlConnection connection)
{
    /// <summary>A value for every column, as text.</summary>
    /// <param name="table">The table.</param>
    /// <param name="given">Columns whose candidates are decided: one value, or a few to choose from.</param>
    public async Task<Dictionary<string, string?>> SolveAsync(
        CatalogueTable table, IReadOnlyDictionary<string, IReadOnlyList<string?>> given)
    {
        var candidates = new Dictionary<string, IReadOnlyList<string?>>();
        foreach (var column in table.Columns)
        {
            candidates[column.Name] = given.TryGetValue(column.Name, out var decided) ? decided
                : column.Default is null ? Candidates.Of(table, column)
                : [await DefaultAsync(column), .. Candidates.Of(table, column)];
        }

        var row = candidates.ToDictionary(c => c.Key, c => c.Value[0]);
        foreach (var (columns, checks) in Groups(table))
        {
            var found = await FindAsync(table, columns, checks, candidates);
            for (var i = 0; i < columns.Count; i++)
            {
                row[columns[i]] = found[i];
            }
        }

        return row;
    }

    private async Task<string?> DefaultAsync(CatalogueColumn column) =>
        await connection.ScalarAsync($"select ({column.Default})::{column.Type}::text") as string;

    // Checks that share a column have to be met together.
    private static List<(List<string> Columns, List<CatalogueCheck> Checks)> Groups(CatalogueTable table)
    {
        var groups = new List<(List<string> Columns, List<CatalogueCheck> Checks)>();
        foreach (var check in table.Checks)
        {
            var touched = groups.Where(g => g.Columns.Intersect(check.Columns).Any()).ToList();
            touched.ForEach(g => groups.Remove(g));
            groups.Add(([.. touched.SelectMany(g => g.Columns).Union(check.Columns)], [.. touched.SelectMany(g => g.Checks), check]));
        }

        return groups;
    }

    private async Task<string?[]> FindAsync(
        CatalogueTable table, List<string> columns, List<CatalogueCheck> checks,
        Dictionary<string, IReadOnlyList<string?>> candidates)
    {
        var typed = columns.Select((c, i) => $"v{i}.value::{table.Columns.Single(t => t.Name == c).Type} as \"{c}\"");
        var tried = columns.Select((_, i) => $"unnest(${i + 1}::text[]) v{i}(value)");
        await using var command = connection.Command($"""
            select array[{string.Join(", ", columns.Select((_, i) => $"v{i}.value"))}]
            from {string.Join(", ", tried)} cross join lateral (select {string.Join(", ", typed)}) made
            where {string.Join(" and ", checks.Select(k => $"({k.Expression}) is not false"))} limit 1
            """, [.. columns.Select(c => candidates[c].ToArray())]);
        command.CommandTimeout = 20;
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string?[]
            ?? throw new NotSupportedException(
                $"No row of {table.Name} was found that {string.Join(" and ", checks.Select(k => k.Name))} accepts: "
                + "declare values in Candidates.");
    }
}
