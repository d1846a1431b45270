using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Samia.Data;

namespace Samia.Tests.Architecture;

/// <summary>docs/SCHEMA.md: a picture of each room's tables, made from the model.</summary>
public static class SchemaPicture
{
    /// <summary>Markdown with one Mermaid entity-relationship diagram per room.</summary>
    public static string Render()
    {
        using var context = new SamiaDbContext(SamiaData.OptionsFor("Host=localhost"), new TenantContext());
        var tables = context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(e => e.GetTableName() is not null && !e.IsOwned()).ToList();
        var text = new StringBuilder("""
            # The schema
            Made from the model; a test fails when it is out of date, and `SAMIA_WRITE_DOCS=1 ./samia test --filter-class "*SchemaPictureTests"`
            makes it anew. Each table also has
            `business_id`, the first part of its key and of every foreign key, unless it says *no business*: that is left
            out of the pictures. A table that stands without columns belongs to another room.

            """);
        foreach (var room in tables.GroupBy(RoomOf).OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            AppendRoom(text, room.Key, [.. room.OrderBy(e => e.GetTableName(), StringComparer.Ordinal)]);
        }

        return text.ToString();
    }

    private static void AppendRoom(StringBuilder text, string room, IReadOnlyList<IEntityType> tables)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"\n## {room}");
        var shared = tables.Where(t => !t.ClrType.IsAssignableTo(typeof(TenantEntity))).Select(t => $"`{t.GetTableName()}`").ToList();
        if (shared.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"No business: {string.Join(", ", shared)}.\n");
        }

        text.AppendLine("```mermaid\nerDiagram");
        foreach (var table in tables)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {table.GetTableName()} {{");
            foreach (var column in table.GetProperties().Where(p => p.GetColumnName() != "business_id"))
            {
                var key = column.IsPrimaryKey() ? " PK" : column.IsForeignKey() ? " FK" : "";
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"        {Word(column.GetColumnType())} {column.GetColumnName()}{key}{(column.IsNullable ? " \"may be null\"" : "")}");
            }

            text.AppendLine("    }");
        }

        foreach (var line in tables.SelectMany(Relations).Order(StringComparer.Ordinal))
        {
            text.AppendLine(line);
        }

        text.AppendLine("```");
    }

    private static IEnumerable<string> Relations(IEntityType table) =>
        from key in table.GetForeignKeys()
        where key.PrincipalEntityType.ClrType != typeof(Business) || table.ClrType == typeof(Business)
        let column = key.Properties[^1].GetColumnName()
        let many = key.Properties.All(p => table.FindIndex(p) is { IsUnique: true }) ? "o|" : "o{"
        let one = key.Properties[^1].IsNullable ? "|o" : "||"
        select $"    {key.PrincipalEntityType.GetTableName()} {one}--{many} {table.GetTableName()} : {column}";

    // Mermaid's types are single words.
    private static string Word(string type) =>
        type.Replace("character varying", "varchar").Replace("timestamp with time zone", "timestamptz")
            .Replace("double precision", "double").Replace(",", "_").Replace(' ', '_');

    private static string RoomOf(IEntityType table) => Rooms.OfEntities[table.ClrType.Name].FirstOrDefault() ?? "Sign-in and keys";
}
