using System.Globalization;

namespace Samia.Inbox.Shell;

/// <summary>BCP 47 tags, such as <c>ar</c> or <c>pt-BR</c>.</summary>
public static class LanguageTag
{
    private const int MaxLength = 35;

    /// <returns>The tag as it is usually written; null if it names no language.</returns>
    public static string? Of(string text)
    {
        try
        {
            return text.Length <= MaxLength && CultureInfo.GetCultureInfo(text.Trim(), predefinedOnly: true).Name is { Length: > 0 } tag ? tag : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
