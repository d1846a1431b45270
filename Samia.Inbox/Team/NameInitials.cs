using System.Globalization;

namespace Samia.Inbox.Team;

/// <summary>The letters that stand for a person where there is no picture.</summary>
public static class NameInitials
{
    /// <summary>
    /// The first letter of the first and the last word, in upper case. Arabic letters would join into a word that is
    /// not there, so only the first stands. "?" for a name without a letter or digit.
    /// </summary>
    public static string Of(string name)
    {
        var letters = name.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => FirstLetter(word)).OfType<string>().ToList();
        return letters.Count switch
        {
            0 => "?",
            1 => letters[0],
            _ when letters[0][0] is >= '\u0590' and <= '\u08ff' => letters[0],
            _ => letters[0] + letters[^1],
        };
    }

    private static string? FirstLetter(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            if (char.IsLetterOrDigit(elements.GetTextElement(), 0))
            {
                return elements.GetTextElement().ToUpperInvariant();
            }
        }

        return null;
    }
}
