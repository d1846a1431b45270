using Microsoft.Extensions.Localization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// Why there is no call any more, and why a call failed, in words. The database keeps the English sentence or the name,
/// because whoever reads it later may speak another language.
/// </summary>
internal static class WebhookStops
{
    public static readonly string Gone = Text.Key("The address answered 410 Gone: it wants no more calls.");
    public static readonly string Failing = Text.Key("Several deliveries in a row were tried for a day and did not arrive.");

    private static readonly Dictionary<string, string> Errors = new()
    {
        ["timed_out"] = Text.Key("There was no answer in time."),
        ["address_refused"] = Text.Key("The address is within a private network, which Samia does not call."),
        ["name_not_found"] = Text.Key("The name of the address is not known (DNS)."),
        ["not_secure"] = Text.Key("No secure connection could be made: look at the certificate of the address."),
        ["not_connected"] = Text.Key("Nobody answers at the address."),
        ["broken"] = Text.Key("The connection broke before there was an answer."),
        ["secret_unreadable"] = Text.Key("The secret cannot be read any more. Make a new one."),
    };

    /// <param name="texts">The reader's language.</param>
    /// <param name="error">The name of a <see cref="WebhookCallError"/>.</param>
    public static string Say(IStringLocalizer<Texts> texts, string error) =>
        Errors.TryGetValue(error, out var sentence) ? texts.Say(sentence) : error;
}
