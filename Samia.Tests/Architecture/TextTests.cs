using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>Whatever Samia says, it says in Arabic too: a sentence's key is its English words, written where it is said.</summary>
public sealed partial class TextTests
{
    // Written before there was a second language. The list only becomes shorter.
    private static readonly HashSet<string> NotYetTranslated =
    [
    ];

    private static readonly IReadOnlyList<SourceFile> Files = Sources.Of("Samia.Inbox", ".cs", ".razor");

    [Fact]
    public void Every_sentence_has_a_translation()
    {
        var translated = TranslationFile.All.ToDictionary(t => t.Room, t => t.Lines.Select(line => line.Key).ToHashSet());
        var missing =
            from file in Files
            from key in KeysOf(file)
            where !translated.GetValueOrDefault(file.Room ?? "", []).Contains(key)
            select $"{file.Path}: {key}";
        AssertNone(missing);
    }

    [Fact]
    public void Every_translation_is_said_by_its_room()
    {
        var said = Files.ToLookup(f => f.Room, KeysOf);
        var unused =
            from file in TranslationFile.All
            from line in file.Lines
            where !said[file.Room].Any(keys => keys.Contains(line.Key))
            select $"{file.Path}: {line.Key}";
        AssertNone(unused);
    }

    [Fact]
    public void Every_translation_is_Arabic_holds_the_placeholders_of_its_key_and_stands_there_once()
    {
        var problems =
            from file in TranslationFile.All
            from line in file.Lines
            // The compiler of resources takes keys that differ in capitals for one.
            let problem = file.Lines.Count(l => string.Equals(l.Key, line.Key, StringComparison.OrdinalIgnoreCase)) > 1 ? "stands there twice" : TranslationFile.ProblemOf(line)
            where problem is not null
            select $"{file.Path}: {line.Key} {problem}";
        AssertNone(problems);
    }

    [Fact]
    public void A_key_is_written_out_where_it_is_said() =>
        AssertNone(Files.SelectMany(file => UnwrittenKey().Matches(file.Text).Select(m => $"{file.Path}: {m.Value}")));

    [Fact]
    public void A_room_that_shows_something_has_its_own_translations() =>
        Assert.Empty(Files.Where(f => f.Path.EndsWith(".razor", StringComparison.Ordinal)).Select(f => f.Room).OfType<string>()
            .Except(Files.Where(f => f.Path.EndsWith("/Texts.cs", StringComparison.Ordinal)).Select(f => f.Room)));

    [Fact]
    public void A_screen_has_no_words_that_are_not_translated()
    {
        var words = Files.Where(f => !NotYetTranslated.Contains(f.Path)).SelectMany(f => WordsOf(f).Select(w => $"{f.Path}: {w}"));
        AssertNone(words);
    }

    [Fact]
    public void What_is_listed_as_not_yet_translated_is_not() =>
        Assert.All(NotYetTranslated, path => Assert.NotEmpty(WordsOf(Assert.Single(Files, f => f.Path == path))));

    [Theory]
    [InlineData("<p>Nothing here</p>", "Nothing here")]
    [InlineData("<p>@_name writes</p>", "writes")]
    [InlineData("<a title=\"Sign out\" class=\"rail link\">@L[\"Sign out\"]</a>", "Sign out")]
    [InlineData("<a title=\"@($\"{Row.Priority} priority\")\"></a>", "{Row.Priority} priority")]
    [InlineData("<p class=\"a b\">@(IsOut ? L[\"Us\"] : \"An earlier one\")</p>", "An earlier one")]
    [InlineData("@if (_busy)\n{\n    <b>Wait</b>\n}\nelse if (_a < _b)\n{\n    <MudIcon Icon=\"@Icon\" />\n}", "Wait")]
    public void Words_are_found_wherever_a_person_would_see_them(string razor, string found) =>
        Assert.Equal([found], RazorText.Untranslated(razor));

    [Theory]
    [InlineData("@page \"/settings\"\n@* A comment. *@\n<h1 class=\"big title\">@L[\"Settings of {0}\", _name]</h1>")]
    [InlineData("@foreach (var day in _days)\n{\n    var at = day.At;\n    <time datetime=\"@at.ToString(\"O\")\" title=\"@L[\"At {0}\", Full(at)]\">@Time.Clock(at)</time>\n}")]
    [InlineData("<p>Samia · 24 &nbsp;</p><input type=\"text\" placeholder=\"@L[\"Say \\\"hello\\\"\"]\" />")]
    public void What_is_code_or_translated_is_not_found(string razor) => Assert.Empty(RazorText.Untranslated(razor));

    // One a line, for whoever has to translate them.
    private static void AssertNone(IEnumerable<string> problems) =>
        Assert.True(!problems.Any(), string.Join('\n', problems.Distinct()));

    private static IEnumerable<string> WordsOf(SourceFile file) =>
        file.Path.EndsWith(".razor", StringComparison.Ordinal) ? RazorText.Untranslated(file.Text)
        : file.Path.EndsWith(".razor.cs", StringComparison.Ordinal) ? Sentence().Matches(file.Text).Select(m => m.Groups["text"].Value)
        : [];

    private static HashSet<string> KeysOf(SourceFile file) => [.. Key().Matches(file.Text).Select(m => Regex.Unescape(m.Groups["key"].Value))];

    [GeneratedRegex("""(\b(L|texts|localizer)\[|\bText\.Key\(|\bText\.Of<Texts>\(\)\[)"(?<key>(\\.|[^"\\])*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Key();

    [GeneratedRegex("""(\b(L|texts|localizer)\[|\bText\.Key\(|\bText\.Of<Texts>\(\)\[)(?!")[^\])\n]*""")]
    private static partial Regex UnwrittenKey();

    // Two words of which the first has a capital, in quotation marks, neither a key nor for the log.
    [GeneratedRegex("""(?<!\b(L|texts|localizer)\[|\bText\.Key\(|Message\ =\ )\$?"(?<text>[A-Z][a-z]*,?\ [\p{Ll}{](\\.|[^"\\\n])*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Sentence();
}
