using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Samia.Tests.Architecture;

/// <summary>The Arabic sentences of one room.</summary>
/// <param name="Lines">In the order of the file: the English words, and what stands for them.</param>
public sealed partial record TranslationFile(string Room, IReadOnlyList<(string Key, string Value)> Lines)
{
    public string Path => $"Samia.Inbox/{Room}/Texts.ar.resx";

    public static IReadOnlyList<TranslationFile> All { get; } =
        [.. Sources.Of("Samia.Inbox", "Texts.ar.resx").Select(file => new TranslationFile(file.Room!, Read(file.Text)))];

    /// <summary>What is wrong with a line by itself; null if nothing.</summary>
    public static string? ProblemOf((string Key, string Value) line) =>
        string.IsNullOrWhiteSpace(line.Value) ? "is empty"
        : !line.Value.Any(c => c is >= '\u0600' and <= '\u06ff') ? "has no Arabic letter"
        : !PlaceholdersOf(line.Key).SetEquals(PlaceholdersOf(line.Value)) ? "has other placeholders than its key"
        : null;

    private static HashSet<string> PlaceholdersOf(string text) => [.. Placeholder().Matches(text).Select(m => m.Groups["index"].Value)];

    private static List<(string, string)> Read(string text) =>
        [.. XDocument.Parse(text).Root!.Elements("data").Select(d => ((string)d.Attribute("name")!, (string?)d.Element("value") ?? ""))];

    [GeneratedRegex(@"\{(?<index>\d+)[^}]*\}")]
    private static partial Regex Placeholder();
}
