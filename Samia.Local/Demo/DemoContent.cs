using System.Globalization;
using System.Text.Json.Nodes;
using Samia.Local.Simulator;

namespace Samia.Local.Demo;

/// <summary>What a customer sends in a story: a text, or <c>[kind details] caption</c>.</summary>
internal static class DemoContent
{
    /// <exception cref="ArgumentException">It cannot be understood.</exception>
    public static (string Type, JsonNode Content) Of(string text)
    {
        if (!text.StartsWith('['))
        {
            return ("text", new JsonObject { ["body"] = text });
        }

        var end = text.IndexOf(']', StringComparison.Ordinal);
        var (inside, caption) = (text[1..end], text[(end + 1)..].Trim());
        var (kind, details) = inside.Split(' ', 2) is [var word, var rest] ? (word, rest) : (inside, "");
        return kind switch
        {
            "image" => ("image", File(SampleMedia.Named(details), caption)),
            "voice" => ("audio", With(File(SampleMedia.Voice, ""), "voice", true)),
            "sticker" => ("sticker", With(File(SampleMedia.Sticker, ""), "animated", false)),
            "document" => ("document", With(File(SampleMedia.Document, caption), "filename", details)),
            "location" => ("location", Place(details.Split('|', StringSplitOptions.TrimEntries))),
            "contact" => ("contacts", Card(details.Split('|', StringSplitOptions.TrimEntries))),
            _ => throw new ArgumentException($"'{kind}' is nothing that a customer sends"),
        };
    }

    private static JsonObject File(StoredMedia media, string caption)
    {
        var file = new JsonObject { ["mime_type"] = media.MimeType, ["sha256"] = media.Sha256Base64, ["id"] = media.Id };
        return caption.Length == 0 ? file : With(file, "caption", caption);
    }

    private static JsonObject With(JsonObject content, string name, JsonNode value)
    {
        content[name] = value;
        return content;
    }

    private static JsonObject Place(string[] parts)
    {
        var position = parts[0].Split(',').Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return new JsonObject
        {
            ["latitude"] = position[0], ["longitude"] = position[1], ["name"] = parts[1], ["address"] = parts[2],
        };
    }

    private static JsonArray Card(string[] parts) => new(new JsonObject
    {
        ["name"] = new JsonObject { ["formatted_name"] = parts[0] },
        ["phones"] = new JsonArray(new JsonObject { ["phone"] = parts[1], ["type"] = "CELL" }),
    });
}
