using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>Finds the words that a .razor file shows to people as they stand, outside <c>L["…"]</c>.</summary>
public static partial class RazorText
{
    public static IReadOnlyList<string> Untranslated(string razor)
    {
        var text = TranslatedKey().Replace(NotShown().Replace(razor, ""), "L[");
        var found = new List<string>();
        var outside = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var next = text[at] switch
            {
                '@' => ReadExpression(text, at, found),
                '<' when at + 1 < text.Length && (char.IsAsciiLetter(text[at + 1]) || text[at + 1] == '/') => ReadTag(text, at, found),
                _ => at + 1,
            };
            // A tag or an expression ends a run of words.
            outside.Append(next == at + 1 ? text[at] : '\n');
            at = next;
        }

        found.AddRange(outside.ToString().Split('\n').Select(line => Entity().Replace(line, " ").Trim())
            .Where(line => HasWords(line) && !Statement().IsMatch(line)));
        return found;
    }

    // @name.Of(x)[y], @(…), @{…} and @if (…): its own words are found, and what follows its end is text again.
    private static int ReadExpression(string text, int start, List<string> found)
    {
        var at = start + 1;
        if (at < text.Length && text[at] == '{')
        {
            return at + 1;
        }

        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'
            || text[at] is '.' or '?' or '!' && at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] == '_' || text[at + 1] == '.')))
        {
            at++;
        }

        if (Keyword().IsMatch(text[start..at]))
        {
            at = text.IndexOf('(', at);
        }

        while (at < text.Length && text[at] is '(' or '[')
        {
            var end = Balanced(text, at);
            if (start + 1 == at)
            {
                // What a method is given, such as the format of a time, is not shown as it stands.
                AddLiterals(text[at..end], found);
            }

            at = end;
            while (at + 1 < text.Length && text[at] is '.' or '?' && (char.IsLetter(text[at + 1]) || text[at + 1] == '.'))
            {
                at++;
                while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_'))
                {
                    at++;
                }
            }
        }

        return at;
    }

    private static int ReadTag(string text, int start, List<string> found)
    {
        var at = start + 1;
        while (at < text.Length && text[at] != '>')
        {
            if (text[at] != '"')
            {
                at++;
                continue;
            }

            var name = AttributeName().Match(text[start..at]).Groups["name"].Value;
            var end = at + 1;
            var nested = new List<string>();
            var plain = "";
            while (text[end] != '"')
            {
                var next = text[end] == '@' ? ReadExpression(text, end, nested) : end + 1;
                plain += next == end + 1 ? text[end] : ' ';
                end = next;
            }

            if (ShownAttribute().IsMatch(name))
            {
                found.AddRange(nested);
                found.AddRange(HasWords(plain) ? [plain.Trim()] : []);
            }

            at = end + 1;
        }

        return at + 1;
    }

    private static int Balanced(string text, int at)
    {
        for (var depth = 0; at < text.Length; at++)
        {
            depth += text[at] is '(' or '[' or '{' ? 1 : text[at] is ')' or ']' or '}' ? -1 : 0;
            if (text[at] == '"')
            {
                at = text.IndexOf('"', at + 1);
            }

            if (depth == 0)
            {
                return at + 1;
            }
        }

        return at;
    }

    private static void AddLiterals(string expression, List<string> found) =>
        found.AddRange(Literal().Matches(expression).Where(m => HasWords(Hole().Replace(m.Groups["text"].Value, "")))
            .Select(m => m.Groups["text"].Value));

    private static bool HasWords(string text) => Word().IsMatch(text.Replace("Samia", "", StringComparison.Ordinal));

    [GeneratedRegex(@"@\*.*?\*@|^@(page|using|attribute|inherits|layout|implements|inject|typeparam|namespace|rendermode)\b[^\n]*|<script.*?</script>|<!DOCTYPE[^>]*>",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotShown();

    [GeneratedRegex("""\bL\["(\\.|[^"\\])*" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex TranslatedKey();

    [GeneratedRegex("@(if|foreach|for|while|switch|lock|using)$")]
    private static partial Regex Keyword();

    // Left of a line of C# between tags: what opens and closes a branch, and statements.
    [GeneratedRegex(@"^(else\b.*|case\b.*|default:|(if|for|foreach|while|switch) ?\(.*\)|.*[;{}]|[{}].*)$")]
    private static partial Regex Statement();

    [GeneratedRegex(@"(?<name>[@\w:.-]+)\s*=\s*$")]
    private static partial Regex AttributeName();

    [GeneratedRegex("^(title|alt|placeholder|aria-label|aria-description|Title|AriaLabel|Label|Text|Placeholder|HelperText|ErrorText|Heading|Explanation)$")]
    private static partial Regex ShownAttribute();

    [GeneratedRegex("\"(?<text>(\\\\.|[^\"\\\\])*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"&\w+;")]
    private static partial Regex Entity();

    [GeneratedRegex(@"\p{L}{2}")]
    private static partial Regex Word();
}
