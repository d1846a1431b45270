using System.Globalization;
using System.Text.RegularExpressions;

namespace Samia.Tests.Support;

/// <summary>
/// What every secret of the tests has in it, whoever planted or typed it: where it is heard, a secret is in the clear.
/// What Samia itself makes up as a secret is known by its shape.
/// </summary>
public static partial class Canary
{
    public const string Song = "c4n4ry";

    /// <summary>The lines of a log that hold a secret.</summary>
    public static IEnumerable<string> HeardIn(IEnumerable<string> lines) => lines.Where(l => Secrets().IsMatch(l));

    /// <summary>The tables, with one of the rows of each, that hold a secret in the clear.</summary>
    public static async Task<IReadOnlyList<string>> HeardInAsync(TestDatabase database)
    {
        var tables = await database.ScalarAsync<string[]>("""
            select array_agg(format('%I.%I', schemaname, tablename)) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
            """);
        var heard = new List<string>();
        foreach (var table in tables)
        {
            // A row as text shows bytes in hexadecimal.
            if (await database.ScalarAsync<object?>($"""
                select (select r::text from {table} r where r::text ~ $1 or r::text like '%' || encode(convert_to($2, 'UTF8'), 'hex') || '%' limit 1)
                """, Secrets().ToString(), Song) is string row)
            {
                heard.Add(string.Create(CultureInfo.InvariantCulture, $"{table}: {row}"));
            }
        }

        return heard;
    }

    // An API token, the secret of an outgoing webhook.
    [GeneratedRegex(Song + "|samia_[A-Za-z0-9_-]{60}|whsec_[A-Za-z0-9+/]{16}")]
    private static partial Regex Secrets();
}
