using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Shell;

/// <summary>
/// For sentences that are written in one place and said in another, such as those of a table: <see cref="Key"/> where
/// they are written, <see cref="Say"/> where they are said. Everything else asks <c>L</c> itself.
/// </summary>
public static class Text
{
    /// <summary>Changes nothing: it marks a sentence that the room of the file translates.</summary>
    public static string Key(string english) => english;

    extension(IStringLocalizer texts)
    {
        /// <summary>The translation of a sentence that is marked by <see cref="Key"/>; words that nobody marked stay as they are.</summary>
        public string Say(string key) => texts.GetString(key);
    }
}
