using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Says why WhatsApp did not take a message. The database keeps the English sentence, because whoever reads it later may
/// speak another language than whoever sent it.
/// </summary>
public sealed partial class ErrorSentences(IStringLocalizer<Texts> texts)
{
    /// <param name="stored">A sentence of <see cref="CloudApiErrors"/>, or Meta's own words, which stay as they are.</param>
    public string Say(string stored)
    {
        var parts = stored.Split(CloudApiErrors.BeforeDetails, 2);
        var unknown = Refused().Match(parts[0]);
        var said = unknown.Success
            ? texts["WhatsApp refused the message (error {0}). Send it again; if it fails once more, tell your admin.", unknown.Groups["code"].Value]
            : texts.Say(parts[0]);
        return parts is [_, var details] ? texts["{0} WhatsApp says: {1}", said, details] : said;
    }

    [GeneratedRegex(@"^WhatsApp refused the message \(error (?<code>\d+)\)\.")]
    private static partial Regex Refused();
}
