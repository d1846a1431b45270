using System.Globalization;
using System.Text.RegularExpressions;

namespace Samia.Tests.Data;

/// <summary>
/// Values that a column might take, as text that Postgres casts to its type, the likeliest first. Which of them the
/// table's check constraints accept, Postgres is asked.
/// </summary>
public static partial class Candidates
{
    /// <summary>Stands for the id of the row's business.</summary>
    public const string OwnBusiness = "the business";

    // What no rule in the catalogue gives away. A new line here says why.
    private static readonly Dictionary<(string Table, string Column), string[]> Declared = new()
    {
        // The trigger of activity_logs keeps one row for a business, under the business's own id.
        [("activity_chains", "id")] = [OwnBusiness],
    };

    // Shapes that a pattern in a check constraint may want.
    private static readonly string[] Shapes =
    [
        "a", "USD", "en", "/a", "#1a2b3c", "09:00", "a@example.test", "https://example.test/a", "Asia/Beirut", "a.b", "a_b", "1", "",
    ];

    /// <summary>At least one for a column that may not be empty. Null comes last, where it may be.</summary>
    public static IReadOnlyList<string?> Of(CatalogueTable table, CatalogueColumn column)
    {
        if (Declared.TryGetValue((table.Name, column.Name), out var declared))
        {
            return declared;
        }

        var literals = table.Checks.Where(k => k.Columns.Contains(column.Name)).SelectMany(k => Literal().Matches(k.Expression))
            .Select(m => m.Groups["text"].Value.Replace("''", "'")).Distinct().ToList();
        var values = OfType(table, column, literals).Distinct();
        return column.IsNullable ? [.. values, null] : [.. values];
    }

    private static string[] OfType(CatalogueTable table, CatalogueColumn column, List<string> literals)
    {
        var now = DateTime.UtcNow;
        var (type, array) = column.Type.EndsWith("[]", StringComparison.Ordinal) ? (column.Type[..^2], true) : (column.Type, false);
        var values = Bare(type) switch
        {
            "uuid" => [Guid.CreateVersion7().ToString()],
            "boolean" => ["true", "false"],
            "smallint" or "integer" or "bigint" => ["1", "0", "2", "7", "24", "100", "1000", .. Numbers(literals)],
            "numeric" or "double precision" or "real" => ["1.5", "0", "1", "100", .. Numbers(literals)],
            "json" or "jsonb" => ["{}", "[]", "[{}]", "{\"a\": 1}", "[\"a\"]", "\"a\""],
            "bytea" => [Bytes(4), Bytes(16), Bytes(20), Bytes(32), Bytes(64), Bytes(65)],
            "date" => [$"{now:yyyy-MM-dd}", $"{now:yyyy-MM}-01", $"{now.AddDays(1):yyyy-MM-dd}", $"{now.AddDays(-1):yyyy-MM-dd}"],
            "timestamp with time zone" => [$"{now:O}", $"{now.AddHours(1):O}", $"{now.AddHours(-1):O}", $"{now.AddDays(30):O}"],
            "time without time zone" => ["09:00", "17:00"],
            "interval" => ["1 hour", "0", "1 day"],
            "tstzrange" => [$"[{now.AddHours(1):O},{now.AddHours(2):O})"],
            "daterange" => [$"[{now:yyyy-MM-dd},{now.AddDays(2):yyyy-MM-dd})"],
            "int4range" or "int8range" or "numrange" => ["[1,5)"],
            "inet" or "cidr" => ["192.0.2.1"],
            "text" or "character varying" or "character" => Texts(type, literals),
            _ => throw new NotSupportedException(
                $"No value is known for a {column.Type} such as {table.Name}.{column.Name}: add the type to Candidates."),
        };
        return array ? [.. values.Select(v => $"{{{Quoted(v)}}}"), "{}"] : values;
    }

    // Random first: it is unique, and so easily told apart that whoever sees it has seen this row.
    private static string[] Texts(string type, List<string> literals)
    {
        var length = Length().Match(type) is { Success: true } m ? int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) : 32;
        string[] made = [Hex(Math.Min(length, 32)), .. literals, Hex(64), Hex(Math.Min(length, 8)).ToUpperInvariant(), .. Shapes];
        return type.StartsWith("character(", StringComparison.Ordinal) ? [.. made.Select(v => v.PadRight(length, 'x'))] : made;
    }

    private static IEnumerable<string> Numbers(List<string> literals) =>
        literals.Where(l => decimal.TryParse(l, CultureInfo.InvariantCulture, out _));

    private static string Bytes(int count) => "\\x" + Hex(2 * count);

    private static string Hex(int digits) =>
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes((digits + 1) / 2))[..digits];

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private static string Bare(string type) => Length().Replace(type, "").Trim();

    [GeneratedRegex(@"\((\d+)(,\d+)?\)")]
    private static partial Regex Length();

    [GeneratedRegex(@"'(?<text>([^']|'')*)'|(?<![\w.])(?<text>\d+(\.\d+)?)(?![\w.])")]
    private static partial Regex Literal();
}
