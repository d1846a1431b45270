using System.Globalization;
using System.Text.Json;
using Samia.Data;

namespace Samia.Inbox.WhatsApp;

/// <summary>What a <c>messages[]</c> element says, as a kind and a line that can be read ("Messages webhooks").</summary>
internal static class MessageContent
{
    public static (MessageKind Kind, string Body) Read(JsonElement message)
    {
        var type = message.Text("type") ?? "";
        var content = message.At(type);
        return type switch
        {
            "text" => (MessageKind.Text, content.Text("body") ?? ""),
            "image" => (MessageKind.Image, content.Text("caption") ?? ""),
            "video" => (MessageKind.Video, content.Text("caption") ?? ""),
            "audio" => (content.Text("voice") == "true" ? MessageKind.Voice : MessageKind.Audio, ""),
            "sticker" => (MessageKind.Sticker, ""),
            "document" => (MessageKind.Document, content.Text("caption") ?? content.Text("filename") ?? ""),
            "location" when content.Exists => (MessageKind.Location, Place(content)),
            "contacts" => (MessageKind.Contacts, string.Join(", ", message.Each("contacts").Select(NameOf))),
            "button" => (MessageKind.Button, content.Text("text") ?? content.Text("payload") ?? ""),
            "interactive" when content.Exists => (MessageKind.Interactive, Choice(content)),
            "order" when content.Exists => (MessageKind.Order, OrderLine(content)),
            "system" => (MessageKind.System, content.Text("body") ?? SystemLine(content.Text("type"))),
            "template" when content.Exists => (MessageKind.Template, content.Text("name") ?? ""),
            _ => (MessageKind.Unsupported, ""),
        };
    }

    private static string Place(JsonElement location) =>
        string.Join(", ", new[] { location.Text("name"), location.Text("address") }.Where(t => t is not null)) is { Length: > 0 } named
            ? named
            : $"{location.Text("latitude")}, {location.Text("longitude")}";

    private static string NameOf(JsonElement contact) =>
        contact.Text("name", "formatted_name") ?? contact.Text("name", "first_name")
        ?? contact.Each("phones").Select(p => p.Text("phone")).FirstOrDefault(p => p is not null) ?? "?";

    private static string Choice(JsonElement interactive) =>
        interactive.Text("button_reply", "title") ?? interactive.Text("list_reply", "title")
        ?? interactive.Text("nfm_reply", "body") ?? interactive.Text("nfm_reply", "name")
        ?? interactive.Text("call_permission_reply", "response") ?? interactive.Text("body", "text") ?? "";

    private static string OrderLine(JsonElement order)
    {
        var items = order.Each("product_items").ToList();
        var lines = items.Select(i => $"{i.Text("quantity") ?? "1"} × {i.Text("product_retailer_id") ?? "?"}");
        var totals = items.GroupBy(i => i.Text("currency") ?? "").Select(g => string.Create(CultureInfo.InvariantCulture,
            $"{g.Sum(i => Amount(i, "item_price") * Math.Max(Amount(i, "quantity"), 1)):0.##} {g.Key}").Trim());
        var summary = $"{string.Join(", ", lines)} ({string.Join(" + ", totals)})";
        return order.Text("text") is { } text ? $"{text}\n{summary}" : summary;
    }

    private static decimal Amount(JsonElement item, string name) =>
        decimal.TryParse(item.Text(name), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
        && Math.Abs(amount) < 1_000_000_000_000 ? amount : 0;

    private static string SystemLine(string? type) => type switch
    {
        "user_changed_number" or "customer_changed_number" => "The customer's number changed",
        "user_changed_user_id" => "The customer's WhatsApp id changed",
        "customer_identity_changed" => "The customer's security code changed",
        _ => type ?? "",
    };
}
