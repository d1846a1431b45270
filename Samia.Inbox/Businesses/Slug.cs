using System.Globalization;
using System.Text;

namespace Samia.Inbox.Businesses;

/// <summary>Turns a name in any script into the ASCII that an address needs.</summary>
public static class Slug
{
    // Leaves room for a suffix within the column's 60.
    private const int MaxLength = 50;
    private const string Fallback = "business";

    // Letters as the Arabic press spells them in Latin; short vowels are not written, so nothing stands for them.
    private static readonly Dictionary<char, string> Arabic = new()
    {
        ['ا'] = "a", ['أ'] = "a", ['إ'] = "i", ['آ'] = "a", ['ب'] = "b", ['ت'] = "t", ['ث'] = "th", ['ج'] = "j",
        ['ح'] = "h", ['خ'] = "kh", ['د'] = "d", ['ذ'] = "dh", ['ر'] = "r", ['ز'] = "z", ['س'] = "s", ['ش'] = "sh",
        ['ص'] = "s", ['ض'] = "d", ['ط'] = "t", ['ظ'] = "z", ['ع'] = "a", ['غ'] = "gh", ['ف'] = "f", ['ق'] = "q",
        ['ك'] = "k", ['ل'] = "l", ['م'] = "m", ['ن'] = "n", ['ه'] = "h", ['ة'] = "a", ['و'] = "w", ['ؤ'] = "w",
        ['ي'] = "y", ['ى'] = "a", ['ئ'] = "y", ['ء'] = "", ['پ'] = "p", ['چ'] = "ch", ['گ'] = "g", ['ڤ'] = "v",
    };

    // Latin letters that Unicode does not take apart into a letter and its mark.
    private static readonly Dictionary<char, string> Latin = new()
    {
        ['ß'] = "ss", ['æ'] = "ae", ['œ'] = "oe", ['ø'] = "o", ['ł'] = "l", ['đ'] = "d", ['ð'] = "d", ['þ'] = "th",
        ['ı'] = "i",
    };

    /// <summary>
    /// Lower-case letters, digits and single hyphens, at most 50 characters; <c>business</c> for a name of which
    /// nothing can be spelled in ASCII.
    /// </summary>
    public static string From(string name)
    {
        var slug = new StringBuilder();
        // Composed first, because Arabic's hamza letters have an entry of their own above.
        foreach (var letter in name.Normalize(NormalizationForm.FormC).ToLowerInvariant())
        {
            Append(slug, letter);
        }

        var text = slug.ToString().Trim('-');
        text = text.Length > MaxLength ? text[..MaxLength].Trim('-') : text;
        return text.Length == 0 ? Fallback : text;
    }

    private static void Append(StringBuilder slug, char letter)
    {
        if (Arabic.TryGetValue(letter, out var spelled) || Latin.TryGetValue(letter, out spelled))
        {
            slug.Append(spelled);
            return;
        }

        var plain = letter.ToString().Normalize(NormalizationForm.FormKD)
            .Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        foreach (var c in plain)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (c is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }
    }
}
