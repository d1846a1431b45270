using System.Text;

namespace Samia.Inbox.Shell;

/// <summary>
/// What somebody typed into a search box, as Postgres can take it. Every free-text search is a parameter or a property of
/// a query record with the name <c>search</c> and goes through here.
/// </summary>
public static class SearchText
{
    /// <summary>In characters. Nobody types more, and a search costs more the longer its text is.</summary>
    public const int MaxLength = 200;

    /// <summary>
    /// The text without spaces around it, without NUL and halves of characters, which Postgres cannot store, and cut to
    /// <see cref="MaxLength"/>; null if nothing is left, which means that nothing is searched for.
    /// </summary>
    public static string? Of(string? typed)
    {
        var text = new StringBuilder();
        var length = 0;
        foreach (var rune in (typed ?? "").Trim().EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar && rune.Value != 0 && ++length <= MaxLength)
            {
                text.Append(rune.ToString());
            }
        }

        var searched = text.ToString().Trim();
        return searched.Length == 0 ? null : searched;
    }

    /// <summary>A pattern for LIKE and ILIKE, with a backslash as escape: what contains the text, whatever signs are in it.</summary>
    public static string Pattern(string text) =>
        "%" + text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_") + "%";
}
