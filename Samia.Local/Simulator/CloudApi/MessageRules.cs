using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>What the Cloud API demands of each type of message, and refuses with which code.</summary>
internal static class MessageRules
{
    private static readonly string[] Types =
    [
        "audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text", "video",
    ];

    private static readonly string[] InteractiveTypes =
        ["button", "list", "cta_url", "flow", "location_request_message", "address_message", "product", "product_list", "catalog_message"];

    /// <returns>What stands under the type.</returns>
    /// <exception cref="CloudApiException">Something is missing or wrong.</exception>
    public static JsonNode Check(SimulatedLine line, JsonReader body, string type)
    {
        if (!Types.Contains(type))
        {
            throw new CloudApiException(CloudApiError.Invalid(
                $"Param type must be one of {{{string.Join(", ", Types).ToUpperInvariant()}}} - got \"{type}\"."));
        }

        if (type == "contacts")
        {
            foreach (var contact in body.Array("contacts", 257))
            {
                contact.Object("name").Required("formatted_name");
            }

            return body.Body["contacts"]!;
        }

        var content = body.Object(type);
        switch (type)
        {
            case "text":
                content.Required("body", 4096);
                break;
            case "image" or "video" or "audio" or "document" or "sticker":
                CheckMedia(line, content, type);
                break;
            case "location":
                content.RequireNumber("latitude", 90);
                content.RequireNumber("longitude", 180);
                break;
            case "reaction":
                content.Required("message_id");
                break;
            case "interactive":
                CheckInteractive(content);
                break;
            case "template":
                content.Required("name");
                content.Object("language").Required("code");
                break;
        }

        return content.Body;
    }

    private static void CheckMedia(SimulatedLine line, JsonReader content, string type)
    {
        if (content.Text("caption") is { Length: > 1024 })
        {
            throw new CloudApiException(CloudApiError.Invalid($"Param {type}['caption'] must be at most 1024 characters long."));
        }

        if (content.Text("id") is { } id)
        {
            var media = line.Media.Find(id) ?? throw new CloudApiException(CloudApiError.Invalid(
                $"Param {type}['id'] is not a valid whatsapp business account media attachment ID"));
            if (!CloudApiMedia.Fits(type, media.MimeType))
            {
                throw new CloudApiException(new CloudApiError(400, 131053, "Media upload error",
                    $"Media of type {media.MimeType} cannot be sent as {type}."));
            }
        }
        else if (content.Text("link") is { } link)
        {
            if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            {
                throw new CloudApiException(CloudApiError.WrongValue($"Param {type}['link'] is not a valid URI."));
            }
        }
        else
        {
            throw new CloudApiException(CloudApiError.Invalid($"The parameter {type}['id'] or {type}['link'] is required."));
        }
    }

    private static void CheckInteractive(JsonReader content)
    {
        var kind = content.Required("type");
        if (!InteractiveTypes.Contains(kind))
        {
            throw new CloudApiException(CloudApiError.WrongValue($"Param interactive['type'] must be one of {string.Join(", ", InteractiveTypes)}."));
        }

        if (kind is not ("product" or "catalog_message"))
        {
            content.Object("body").Required("text", 1024);
        }

        var action = content.Object("action");
        switch (kind)
        {
            case "button":
                var buttons = action.Array("buttons", 3).Select(b => b.Object("reply")).ToList();
                buttons.ForEach(b => b.Required("title", 20));
                RequireUnique([.. buttons.Select(b => b.Required("id", 256))], "button ids");
                break;
            case "list":
                action.Required("button", 20);
                var rows = action.Array("sections", 10).SelectMany(s => s.Array("rows", 10)).ToList();
                rows.ForEach(r => r.Required("title", 24));
                if (rows.Count > 10)
                {
                    throw new CloudApiException(CloudApiError.WrongValue("Total row count exceeds the allowed count of 10."));
                }

                RequireUnique([.. rows.Select(r => r.Required("id", 200))], "row ids");
                break;
            case "cta_url":
                var parameters = action.Object("parameters");
                parameters.Required("display_text", 20);
                parameters.Required("url");
                break;
        }
    }

    private static void RequireUnique(string[] ids, string what)
    {
        if (ids.Distinct().Count() != ids.Length)
        {
            throw new CloudApiException(CloudApiError.WrongValue($"The {what} of a message must differ."));
        }
    }
}
