using System.Text.Json;
using Samia.Data;

namespace Samia.Local.Legacy;

/// <summary>One message as an old conversation holds it. Some fields go by several names, of which the first that is there counts.</summary>
internal sealed class LegacyMessage
{
    private readonly JsonElement _message;
    private readonly string? _status;
    private readonly string? _sentAt;
    private readonly bool _isReadable = true;

    public LegacyMessage(JsonElement message)
    {
        _message = message;
        if (message.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        try
        {
            Id = First("id", "wamid");
            Author = AuthorOf(LegacyText.Word(First("sender", "role", "from")));
            Employee = First("employee")?.ToLowerInvariant();
            Body = First("text", "content", "body") ?? "";
            (Link, MimeType, FileName) = (First("media_url"), First("mime_type"), First("file_name"));
            Kind = KindOf(LegacyText.Word(First("type")));
            (_status, _sentAt) = (LegacyText.Word(First("status")), First("sent_at", "timestamp", "created_at"));
        }
        catch (InvalidOperationException)
        {
            // Escapes such as \ud83d that are half of a character.
            _isReadable = false;
        }
    }

    public string? Id { get; }

    /// <summary>Null if the message does not say it in a word that is known.</summary>
    public MessageAuthor? Author { get; }

    /// <summary>The name of the employee who wrote it, in small letters.</summary>
    public string? Employee { get; }
    public string Body { get; } = "";
    public MessageKind Kind { get; }
    public string? Link { get; }
    public string? MimeType { get; }
    public string? FileName { get; }

    /// <summary>What became of it, if it is one of ours.</summary>
    public MessageStatus Status => _status switch
    {
        "delivered" => MessageStatus.Delivered,
        "read" or "seen" => MessageStatus.Read,
        "failed" or "error" => MessageStatus.Failed,
        _ => WasWaiting ? MessageStatus.Failed : MessageStatus.Sent,
    };

    /// <summary>It had not been sent yet.</summary>
    public bool WasWaiting => _status is "queued" or "pending" or "sending" or "scheduled";

    /// <summary>Why it cannot be taken, in words; null if it can.</summary>
    public string? Refusal =>
        _message.ValueKind != JsonValueKind.Object ? "it is no JSON object"
        : !_isReadable ? "its text is no Unicode"
        : Author is null ? "it does not say who wrote it"
        : Kind == MessageKind.Text && Body.Length == 0 ? "it is a text without words"
        : null;

    /// <summary>Null if it does not say it, or says one that is still to come.</summary>
    public DateTimeOffset? SentAt(LegacyContext context) => LegacyTime.Past(_sentAt, context.Now);

    private static MessageAuthor? AuthorOf(string? sender) => sender switch
    {
        "customer" or "user" or "client" => MessageAuthor.Customer,
        "employee" or "agent" or "human" or "admin" => MessageAuthor.Employee,
        "assistant" or "ai" or "bot" => MessageAuthor.Assistant,
        "system" => MessageAuthor.System,
        _ => null,
    };

    private MessageKind KindOf(string? type) =>
        Author == MessageAuthor.System ? MessageKind.System
        : type is null && Link is not null ? MessageKind.Document
        : type is null or "text" or "chat" ? MessageKind.Text
        : Enum.TryParse<MessageKind>(type, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(type[0]) ? kind
        : MessageKind.Unsupported;

    private string? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_message.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                && LegacyText.Of(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()) is { } text)
            {
                return text;
            }
        }

        return null;
    }
}
