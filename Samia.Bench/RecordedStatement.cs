using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Samia.Bench;

/// <summary>A statement that the product sent, with the values that it had.</summary>
/// <param name="Sql">As sent.</param>
/// <param name="Parameters">Its parameters; cloned for each use.</param>
/// <param name="PlannedOnce">It came from <c>TenantSql</c>, which has Postgres plan a statement once per connection.</param>
internal sealed partial record RecordedStatement(string Sql, IReadOnlyList<NpgsqlParameter> Parameters, bool PlannedOnce)
{
    /// <summary>The same statement on another connection.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="prefix">What is to stand before it, such as <c>explain</c>.</param>
    public NpgsqlCommand On(NpgsqlConnection connection, string prefix = "")
    {
        var command = new NpgsqlCommand(prefix + Sql, connection);
        foreach (var parameter in Parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }

    /// <summary>The SQL with <c>$1</c>, <c>$2</c>, … in place of names, as <c>PREPARE</c> takes it.</summary>
    public string WithPositions() => Named().Replace(Sql, match =>
        Parameters.ToList().FindIndex(p => p.ParameterName.TrimStart('@') == match.Groups[1].Value) is >= 0 and var index
            ? $"${index + 1}"
            : match.Value);

    /// <summary>The values as literals in parentheses, as <c>EXECUTE</c> takes them; nothing if there are none.</summary>
    public string Literals() => Parameters.Count == 0 ? "" : $"({string.Join(", ", Parameters.Select(p => Literal(p.Value)))})";

    private static string Literal(object? value) => value switch
    {
        null or DBNull => "null",
        string text => $"'{text.Replace("'", "''")}'",
        IEnumerable values => $"array[{string.Join(", ", values.Cast<object?>().Select(Literal))}]",
        DateTimeOffset time => $"'{time:O}'",
        DateTime time => $"'{time:O}'",
        _ => string.Create(CultureInfo.InvariantCulture, $"'{value}'"),
    };

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Named();
}
