using System.Globalization;

namespace Samia.Inbox.Team;

/// <summary>The languages that an employee may say they answer in: those of ISO 639-1 that .NET has a name for.</summary>
public static class SpokenLanguages
{
    /// <summary>Tags such as <c>ar</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Where(c => c.Name.Length == 2).Select(c => c.Name).Order(StringComparer.Ordinal)];

    public static bool IsKnown(string tag) => All.Contains(tag);

    /// <summary>
    /// As its own speakers call it, which people who speak it recognize in whatever language they read Samia.
    /// </summary>
    public static string NameOf(string tag)
    {
        var culture = CultureInfo.GetCultureInfo(tag);
        return culture.TextInfo.ToTitleCase(culture.NativeName);
    }

    /// <summary>Its English name, for searching.</summary>
    public static string EnglishNameOf(string tag) => CultureInfo.GetCultureInfo(tag).EnglishName;
}
