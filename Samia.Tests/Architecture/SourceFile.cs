using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>One of our source files. Its code is the text without comments and strings.</summary>
public sealed partial record SourceFile(string Path, string Text)
{
    public string Code { get; } = CommentsAndStrings().Replace(Text, "");

    /// <summary>The room of Samia.Inbox that the file is in; null outside and at its top.</summary>
    public string? Room => Path.Split('/') is ["Samia.Inbox", var room, _, ..] ? room : null;

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|@\*.*?\*@|"(\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentsAndStrings();
}
