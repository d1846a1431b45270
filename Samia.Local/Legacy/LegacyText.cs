namespace Samia.Local.Legacy;

/// <summary>Text of an old database in a form that Samia's tables take.</summary>
internal static class LegacyText
{
    /// <summary>Without space around it and without U+0000, which Postgres cannot store; null if nothing is left.</summary>
    public static string? Of(string? text)
    {
        var clean = text?.Replace("\0", "", StringComparison.Ordinal).Trim();
        return string.IsNullOrEmpty(clean) ? null : clean;
    }

    /// <summary>At most so many characters (UTF-16), never cut within one.</summary>
    public static string? Cut(string? text, int length) =>
        text is null || text.Length <= length ? text
        : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd();

    public static string? Word(string? text) => text?.ToLowerInvariant().Replace(' ', '_').Replace('-', '_');
}
