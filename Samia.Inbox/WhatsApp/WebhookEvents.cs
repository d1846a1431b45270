using System.Text.Json;
using Samia.Data;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.WhatsApp;

/// <summary>An event and the senders it concerns; events with a common key happen one after another.</summary>
internal sealed record WebhookEvent(IntakeEvent Event, IReadOnlyList<string> LaneKeys);

/// <summary>
/// Understands a journaled body. What it does not know it leaves in the journal: only what belongs into a thread
/// becomes an event.
/// </summary>
internal static class WebhookEvents
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);
    private static readonly TimeSpan WindowAfterAd = TimeSpan.FromHours(72);

    /// <summary>Reads all events of a body that can be read.</summary>
    /// <param name="body">The body as journaled.</param>
    /// <param name="receivedAt">Stands in for a time that is missing or in the future.</param>
    /// <param name="errors">Why others could not; trying again would not help.</param>
    public static List<WebhookEvent> Parse(byte[] body, DateTimeOffset receivedAt, List<string> errors)
    {
        using var document = JsonDocument.Parse(body);
        var events = new List<WebhookEvent>();
        foreach (var read in document.RootElement.Each("entry").SelectMany(e => e.Each("changes"))
                     .SelectMany(change => OfChange(change.At("value"), change.Text("field"), receivedAt)))
        {
            try
            {
                if (read() is { } understood)
                {
                    events.Add(WithLane(understood));
                }
            }
            catch (WebhookFormatException exception)
            {
                errors.Add(exception.Message);
            }
        }

        return events;
    }

    private static IEnumerable<Func<IntakeEvent?>> OfChange(JsonElement value, string? field, DateTimeOffset receivedAt)
    {
        var contacts = value.Each("contacts").ToList();
        var ourNumber = string.Concat((value.Text("metadata", "display_phone_number") ?? "").Where(char.IsAsciiDigit));
        foreach (var message in value.Each("messages").Where(_ => field is null or "messages"))
        {
            yield return () => OfMessage(message, Contacts.SenderOf(message, contacts), MessageAuthor.Customer, receivedAt);
        }

        foreach (var echo in value.Each("message_echoes"))
        {
            yield return () => OfMessage(echo, Contacts.RecipientOf(echo, contacts, ourNumber), MessageAuthor.PhoneApp, receivedAt);
        }

        foreach (var status in value.Each("statuses"))
        {
            yield return () => OfStatus(status, receivedAt);
        }

        foreach (var update in value.Each("user_id_update").Concat(value.Each("user_id_updates")))
        {
            yield return () => IdentityChanges.OfUpdate(update);
        }
    }

    private static IntakeEvent OfMessage(
        JsonElement message, CustomerIdentity? customer, MessageAuthor author, DateTimeOffset receivedAt)
    {
        if (customer is null)
        {
            throw new WebhookFormatException("A message says neither by number nor by id who wrote it.");
        }

        var wamid = message.Text("id") ?? throw new WebhookFormatException("A message has no id.");
        var sentAt = Min(message.Time("timestamp") ?? receivedAt, receivedAt);
        if (Revisions.Of(message, customer, author, wamid, sentAt) is { } revision)
        {
            return revision;
        }

        var (kind, body) = MessageContent.Read(message);
        var change = kind == MessageKind.System ? IdentityChanges.OfSystem(message, customer) : null;
        return new IncomingMessage(
            change is null ? customer : new CustomerIdentity(change.NewWaId ?? change.Old.WaId, change.NewBsuid ?? change.Old.Bsuid),
            kind == MessageKind.System ? MessageAuthor.System : author, wamid, sentAt, kind, body, message.RawForJsonb)
        {
            ReplyToWamid = message.Text("context", "id"),
            Window = author != MessageAuthor.Customer || kind == MessageKind.System ? TimeSpan.Zero
                : message.At("referral").Exists ? WindowAfterAd : Window,
            Announces = change,
        };
    }

    private static StatusUpdate? OfStatus(JsonElement status, DateTimeOffset receivedAt)
    {
        if (status.Text("id") is not { } wamid || status.Text("status") is not { } name)
        {
            return null;
        }

        var error = status.Each("errors").FirstOrDefault();
        int? errorCode = int.TryParse(error.Text("code"), out var code) ? code : null;
        return new StatusUpdate(wamid, name, Min(status.Time("timestamp") ?? receivedAt, receivedAt),
            Guid.TryParse(status.Text("biz_opaque_callback_data"), out var ours) ? ours : null,
            errorCode,
            CloudApiErrors.SentenceFor(errorCode,
                error.Text("error_data", "details") ?? error.Text("message") ?? error.Text("title")))
        {
            Recipient = new CustomerIdentity(status.Text("recipient_id"), status.Text("recipient_user_id")),
        };
    }

    private static WebhookEvent WithLane(IntakeEvent read) => read switch
    {
        StatusUpdate status => new(read, [.. KeysOf(status.Recipient!), "message:" + status.Wamid]),
        IdentityChange change => new(read, [.. KeysOf(change.Old), .. KeysOf(new(change.NewWaId, change.NewBsuid))]),
        Revision revision => new(read, [.. KeysOf(revision.Customer!), "message:" + revision.TargetWamid]),
        IncomingMessage message => new(read,
            [.. KeysOf(message.From), .. KeysOf(message.Announces?.Old ?? message.From), "message:" + message.Wamid]),
        _ => new(read, KeysOf(read.Customer!)),
    };

    private static string[] KeysOf(CustomerIdentity customer) =>
    [
        .. customer.WaId is null ? Array.Empty<string>() : ["number:" + customer.WaId],
        .. customer.Bsuid is null ? Array.Empty<string>() : ["id:" + customer.Bsuid],
    ];

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}

/// <summary>A message that cannot be understood however often it is tried.</summary>
internal sealed class WebhookFormatException(string message) : Exception(message);
