using Npgsql;

namespace Samia.Tests.Data;

/// <summary>
/// Gives every table a row of a business, made up from the catalogue alone, so that a table that is added later gets
/// one without an edit here.
/// </summary>
public sealed class TenantRows(IReadOnlyList<CatalogueTable> tables)
{
    private readonly Dictionary<(string Table, string Column), object> _values = [];

    public Guid BusinessId { get; } = Guid.CreateVersion7();

    public IEnumerable<CatalogueTable> TenantTables => tables.Where(t => t.IsTenantTable);

    /// <summary>Writes one row into every table, as whoever is signed in, which must be a superuser.</summary>
    public async Task InsertAllAsync(NpgsqlConnection superuser)
    {
        foreach (var table in tables)
        {
            await using var command = Insert(table, superuser);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>An insert of another row of this business that refers only to rows that it has.</summary>
    public NpgsqlCommand Insert(CatalogueTable table, NpgsqlConnection connection)
    {
        var columns = table.Columns.Where(c => c.IsRequired || IsNeeded(table, c)).ToList();
        var command = new NpgsqlCommand(columns.Count == 0 ? $"insert into \"{table.Name}\" default values" : $"""
            insert into "{table.Name}" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))})
            values ({string.Join(", ", columns.Select((c, i) => $"${i + 1}::{c.Type}"))})
            """, connection);
        foreach (var column in columns)
        {
            var value = Reference(table, column) ?? MadeUp(table, column);
            _values[(table.Name, column.Name)] = value;
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    // What a rule over several columns wants cannot be read from the catalogue: ck_customers_known wants one of two.
    private static bool IsNeeded(CatalogueTable table, CatalogueColumn column) =>
        table.Name == "customers" && column.Name == "wa_id";

    private object? Reference(CatalogueTable table, CatalogueColumn column)
    {
        if (column.Name == "business_id")
        {
            return BusinessId;
        }

        var reference = table.References.FirstOrDefault(r => r.Columns.Contains(column.Name));
        return reference is null
            ? null
            : _values[(reference.Table, reference.Targets[Array.IndexOf(reference.Columns, column.Name)])];
    }

    private object MadeUp(CatalogueTable table, CatalogueColumn column) => (table, column) switch
    {
        ({ Name: "businesses" }, { Name: "id" }) => BusinessId,
        _ when table.AllowedValues.TryGetValue(column.Name, out var allowed) => allowed,
        _ => column.Type switch
        {
            "uuid" => Guid.CreateVersion7(),
            "boolean" => true,
            "smallint" or "integer" or "bigint" => 1,
            "numeric" or "double precision" or "real" => 1.5,
            "jsonb" => "{}",
            "bytea" => new byte[] { 1 },
            "date" or "timestamp with time zone" => DateTime.UtcNow,
            "interval" => TimeSpan.FromSeconds(1),
            "text[]" or "character varying[]" => new[] { "a" },
            "uuid[]" => new[] { Guid.CreateVersion7() },
            "text" or "character varying" => Guid.NewGuid().ToString("N"),
            _ => throw new NotSupportedException(
                $"TenantRows cannot make up a {column.Type} for {table.Name}.{column.Name}: teach it the type."),
        },
    };
}
