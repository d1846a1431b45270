namespace Samia.Tests.Search;

/// <summary>What somebody types into a box who means harm, or only has a strange name.</summary>
public static class HostileInputs
{
    /// <param name="victim">The business whose rows are to be had.</param>
    public static IEnumerable<string> Against(Guid victim) =>
    [
        // Nothing, and too much.
        "", " ", "\t\n", new string('a', 100_000), new string('\'', 5_000), new string('%', 3_000), new string('(', 3_000),
        // Quotes and what may follow them.
        "'", "''", "\"", "`", "\\", "\\'", "'\\", "O'Brien", "' or '1'='1", "' or 1=1 --", "') or true --", "x' or business_id is not null --",
        "'; select 1; --", "'; drop table customers; --", $"'; set app.business_id = '{victim}'; select * from customers; --",
        $"'; select set_config('app.business_id', '{victim}', false); --", $"' || set_config('app.business_id', '{victim}', false) || '",
        $"' union all select set_config('app.business_id', '{victim}', false), null --",
        $"%' or business_id = '{victim}' or name like '", "'; reset role; set role samia_owner; --", "'; set row_security = off; --",
        "$$; select 1 $$", "$x$ or true $x$", "e'\\047 or true --", "U&'\\0027'", "/* */ ' /* */", "-- \n '", "';--\u0000",
        // Placeholders and formats.
        "$1", "$2 or $1 = $1", ":search", "@p0", "@search", "?", "%s", "{0}", "{{0}}", "${search}", "%(name)s",
        // Patterns of LIKE and of regular expressions.
        "%", "_", "%%", "\\%", "a%b_c", "[a-z]%", ".*", "^$", "(a+)+$", "*", "(", "[", "a{1,", "(?i)",
        // What JSON paths and text search read.
        "$.*", "$[*] ? (@ like_regex \".*\")", "strict $", "{\"a\": 1}", "[]", "a & b", "a | !b", "!", "a <-> b", "a:*", "':*", "a & ", "<->", "( & )",
        // Letters from everywhere, and what only looks like them.
        "ليلى", "İıſ", "e\u0301\u0301\u0301", "\u202Etxt", "\u200B", "\uFEFF", "😀", "\uD83D", "\uDE00a", "\u0000", "a\u0000b", "\u0001\u001F\u007F", "\uFFFD", "\uFFFF",
        "\u02BC or 1=1 --", "\uFF07 or 1=1 --", "\u2019; select 1",
        // Numbers and names of things.
        "0", "-1", "1e309", "NaN", "99999999999999999999", "null", "true", "default", "pg_sleep(9)", "current_user", victim.ToString(), victim.ToString("N"),
    ];
}
