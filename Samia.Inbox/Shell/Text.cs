using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Shell;

/// <summary>Sentences for people where there is no <c>L</c>.</summary>
public static class Text
{
    private static readonly ResourceManagerStringLocalizerFactory Factory =
        new(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);

    /// <summary>
    /// Marks a sentence that is written in one place, such as a table, and said by <see cref="Say"/> in another: the room
    /// of the file translates it. Changes nothing.
    /// </summary>
    public static string Key(string english) => english;

    /// <summary>For what is made by hand rather than by injection, such as an exception.</summary>
    /// <typeparam name="T">The room's <c>Texts</c>.</typeparam>
    public static IStringLocalizer Of<T>() => Localizer<T>.Instance;

    extension(IStringLocalizer texts)
    {
        /// <summary>The translation of a sentence that is marked by <see cref="Key"/>; words that nobody marked stay as they are.</summary>
        public string Say(string key) => texts.GetString(key);
    }

    private static class Localizer<T>
    {
        public static readonly IStringLocalizer Instance = Factory.Create(typeof(T));
    }
}
