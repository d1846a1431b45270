using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Samia.Inbox.Businesses;

namespace Samia.Local.Simulator;

/// <summary>Writes webhook bodies as Meta does ("Webhooks: messages").</summary>
public static class WebhookBodies
{
    /// <summary>A body with what several changes hold, of one number.</summary>
    /// <param name="connection">The number.</param>
    /// <param name="parts">Objects with the arrays <c>contacts</c>, <c>messages</c> or <c>statuses</c>, which are joined.</param>
    public static JsonObject Of(WhatsAppConnection connection, params IEnumerable<JsonObject> parts)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject
            {
                ["display_phone_number"] = connection.DisplayPhoneNumber, ["phone_number_id"] = connection.PhoneNumberId,
            },
        };
        foreach (var (name, items) in parts.SelectMany(p => p))
        {
            var all = value[name] as JsonArray ?? [];
            value[name] ??= all;
            foreach (var item in items!.AsArray())
            {
                all.Add(item!.DeepClone());
            }
        }

        return new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = connection.WabaId,
                ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = "messages" }),
            }),
        };
    }

    /// <param name="from">Who wrote.</param>
    /// <param name="id">The wamid.</param>
    /// <param name="at">When; told in whole seconds.</param>
    /// <param name="type">As in the Cloud API.</param>
    /// <param name="content">What stands under the type; null for a type without content.</param>
    /// <param name="more">Fields beside it, such as <c>context</c> or <c>errors</c>.</param>
    public static JsonObject Message(
        NewPhone from, string id, DateTimeOffset at, string type, JsonNode? content, JsonObject? more = null)
    {
        var message = new JsonObject();
        if (Number(from) is { } number)
        {
            message["from"] = number;
        }

        if (from.Bsuid is not null)
        {
            message["from_user_id"] = from.Bsuid;
        }

        message["id"] = id;
        message["timestamp"] = Seconds(at);
        message["type"] = type;
        foreach (var (name, value) in more ?? [])
        {
            message[name] = value?.DeepClone();
        }

        if (content is not null)
        {
            message[type] = content.DeepClone();
        }

        return new JsonObject { ["contacts"] = new JsonArray(Contact(from)), ["messages"] = new JsonArray(message) };
    }

    /// <param name="to">To whom the message went.</param>
    /// <param name="id">The message's wamid.</param>
    /// <param name="status"><c>sent</c>, <c>delivered</c>, <c>read</c> or <c>failed</c>.</param>
    /// <param name="at">When; told in whole seconds.</param>
    /// <param name="callbackData">What the business sent along.</param>
    /// <param name="category">Of the price: <c>service</c>, <c>utility</c>, …</param>
    /// <param name="error">Of a failed message.</param>
    public static JsonObject Status(
        NewPhone to, string id, string status, DateTimeOffset at, string? callbackData, string category = "service",
        CloudApiError? error = null)
    {
        var told = new JsonObject { ["id"] = id, ["status"] = status, ["timestamp"] = Seconds(at) };
        if (Number(to) is { } number)
        {
            told["recipient_id"] = number;
        }

        if (to.Bsuid is not null)
        {
            told["recipient_user_id"] = to.Bsuid;
        }

        if (callbackData is not null)
        {
            told["biz_opaque_callback_data"] = callbackData;
        }

        if (error is not null)
        {
            told["errors"] = new JsonArray(error.InStatus());
        }
        else
        {
            AddPrice(told, status, at, category);
        }

        return new JsonObject { ["contacts"] = new JsonArray(Contact(to)), ["statuses"] = new JsonArray(told) };
    }

    public static string NewWamid() => "wamid." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(33));

    private static void AddPrice(JsonObject told, string status, DateTimeOffset at, string category)
    {
        var conversation = new JsonObject
        {
            ["id"] = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes((string)told["id"]!)))[..32],
            ["origin"] = new JsonObject { ["type"] = category },
        };
        if (status == "sent")
        {
            conversation["expiration_timestamp"] = Seconds(at.AddHours(24));
        }

        told["conversation"] = conversation;
        told["pricing"] = new JsonObject
        {
            ["billable"] = category != "service", ["pricing_model"] = "PMP", ["category"] = category,
            ["type"] = category == "service" ? "free_customer_service" : "regular",
        };
    }

    private static JsonObject Contact(NewPhone person)
    {
        var contact = new JsonObject { ["profile"] = new JsonObject { ["name"] = person.Name } };
        if (person.Username is not null)
        {
            contact["profile"]!["username"] = person.Username;
        }

        if (Number(person) is { } number)
        {
            contact["wa_id"] = number;
        }

        if (person.Bsuid is not null)
        {
            contact["user_id"] = person.Bsuid;
        }

        return contact;
    }

    private static string? Number(NewPhone person) => person.HidesNumber ? null : person.WaId;

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
