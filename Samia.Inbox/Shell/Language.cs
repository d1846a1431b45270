using System.Globalization;

namespace Samia.Inbox.Shell;

/// <summary>A language that Samia speaks.</summary>
/// <param name="OwnName">As its speakers call it.</param>
/// <param name="Culture">How it writes dates and numbers.</param>
public sealed record Language(string OwnName, CultureInfo Culture)
{
    /// <summary>English is the first: it is for everybody of whom nothing is known.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("English", CultureInfo.GetCultureInfo("en")),
        new("العربية", Arabic()),
    ];

    /// <summary>Of the request or the circuit.</summary>
    public static Language Current => Find(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? All[0];

    /// <summary>Its tag, such as <c>ar</c>.</summary>
    public string Code => Culture.Name;

    /// <summary>What HTML calls it: <c>rtl</c> or <c>ltr</c>.</summary>
    public string Direction => IsRightToLeft ? "rtl" : "ltr";

    public bool IsRightToLeft => Culture.TextInfo.IsRightToLeft;

    public bool IsCurrent => this == Current;

    /// <summary>Makes sentences in this language, whatever that of the request is: for somebody else than whoever asks.</summary>
    public T Speak<T>(Func<T> make)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture;
            return make();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }

    public static Language? Find(string? code) => All.FirstOrDefault(l => l.Code == code);

    // Prices, phone numbers and times stand in 0-9 in WhatsApp itself and on what Lebanese and Gulf businesses print, so
    // the separators between them are those that the Emirates' Arabic has for these digits: 1,234.5, not 1٬234٫5.
    private static CultureInfo Arabic() => CultureInfo.ReadOnly(new CultureInfo("ar", useUserOverride: false)
    {
        NumberFormat = CultureInfo.GetCultureInfo("ar-AE").NumberFormat,
    });
}
