using System.Globalization;
using System.Text.Json;

namespace Samia.Inbox.WhatsApp;

/// <summary>A person whose card was sent.</summary>
public sealed record SentContact(string Name, IReadOnlyList<string> Phones);

/// <summary>What a stored message object of the Cloud API says beyond its text, for screens.</summary>
/// <param name="FileName">Of a document.</param>
/// <param name="MimeType">Of a file.</param>
/// <param name="Map">Where a location can be looked at.</param>
/// <param name="Contacts">The cards that were sent.</param>
/// <param name="Error">Why WhatsApp could not deliver the content.</param>
public sealed record MessageFacts(
    string? FileName, string? MimeType, Uri? Map, IReadOnlyList<SentContact> Contacts, string? Error)
{
    private static readonly MessageFacts None = new(null, null, null, [], null);

    /// <param name="payload">JSON, as stored with the message; whatever is missing or of another type is left out.</param>
    public static MessageFacts Of(string? payload)
    {
        if (payload is null)
        {
            return None;
        }

        using var document = JsonDocument.Parse(payload);
        var message = document.RootElement;
        var content = message.At(message.Text("type") ?? "");
        return new MessageFacts(content.Text("filename"), content.Text("mime_type"), MapOf(message.At("location")),
            [.. message.Each("contacts").Select(ContactOf)],
            message.Each("errors").Select(e => e.Text("error_data", "details") ?? e.Text("title")).FirstOrDefault());
    }

    private static Uri? MapOf(JsonElement location) =>
        Coordinate(location, "latitude") is { } latitude && Coordinate(location, "longitude") is { } longitude
            ? new Uri(string.Create(CultureInfo.InvariantCulture,
                $"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"))
            : null;

    private static double? Coordinate(JsonElement location, string name) =>
        double.TryParse(location.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= 180 ? degrees : null;

    private static SentContact ContactOf(JsonElement contact) => new(
        contact.Text("name", "formatted_name") ?? contact.Text("name", "first_name") ?? "?",
        [.. contact.Each("phones").Select(p => p.Text("phone") ?? p.Text("wa_id")).OfType<string>()]);
}
