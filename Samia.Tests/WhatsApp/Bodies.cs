using System.Text.Json;
using System.Text.Json.Nodes;
using Samia.Tests.Support;

namespace Samia.Tests.WhatsApp;

/// <summary>Webhook bodies, written from the Cloud API's contract.</summary>
public static class Bodies
{
    private static int _wamids;

    public static string NewWamid() => $"wamid.TEST{Interlocked.Increment(ref _wamids):D8}{Guid.NewGuid():N}";

    public static string NewNumber() => "961" + Random.Shared.NextInt64(10_000_000, 99_999_999);

    public static string NewBsuid() => "LB." + Random.Shared.NextInt64(1_000_000_000_000_000, 9_000_000_000_000_000);

    /// <summary>A body whose value holds what <paramref name="parts"/> say.</summary>
    public static string Of(TestBusiness business, params JsonObject[] parts) => Envelope(Change(business, "messages", parts));

    public static JsonObject Change(TestBusiness business, string field, params JsonObject[] parts)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "96170000001", ["phone_number_id"] = business.PhoneNumberId },
        };
        foreach (var (name, array) in parts.SelectMany(p => p.ToList()))
        {
            var all = value[name]?.AsArray() ?? [];
            value[name] = all;
            foreach (var item in array!.AsArray())
            {
                all.Add(item!.DeepClone());
            }
        }

        return new JsonObject { ["field"] = field, ["value"] = value };
    }

    public static string Envelope(params JsonObject[] changes) => new JsonObject
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = "1234", ["changes"] = new JsonArray([.. changes]) }),
    }.ToJsonString();

    public static JsonObject Contact(string? waId, string? bsuid = null, string? name = null, string? username = null)
    {
        var contact = new JsonObject { ["profile"] = Without(new JsonObject { ["name"] = name, ["username"] = username }) };
        contact["wa_id"] = waId;
        contact["user_id"] = bsuid;
        return new JsonObject { ["contacts"] = new JsonArray(Without(contact)) };
    }

    /// <param name="content">What stands beside the common fields, such as <c>{"text":{"body":"hi"}}</c>.</param>
    public static JsonObject Message(
        string? from, string type, string content, string? wamid = null, DateTimeOffset? at = null, string? bsuid = null,
        string array = "messages")
    {
        var message = new JsonObject
        {
            ["from"] = from, ["from_user_id"] = bsuid, ["id"] = wamid ?? NewWamid(), ["type"] = type,
            ["timestamp"] = Seconds(at ?? DateTimeOffset.UtcNow),
        };
        foreach (var (name, value) in JsonNode.Parse(content)!.AsObject())
        {
            message[name] = value?.DeepClone();
        }

        return new JsonObject { [array] = new JsonArray(Without(message)) };
    }

    public static JsonObject Text(
        string? from, string text, string? wamid = null, DateTimeOffset? at = null, string? bsuid = null) =>
        Message(from, "text", JsonSerializer.Serialize(new { text = new { body = text } }), wamid, at, bsuid);

    public static JsonObject Status(
        string wamid, string status, DateTimeOffset? at = null, Guid? ours = null, string? error = null) =>
        new()
        {
            ["statuses"] = new JsonArray(Without(new JsonObject
            {
                ["id"] = wamid, ["status"] = status, ["timestamp"] = Seconds(at ?? DateTimeOffset.UtcNow),
                ["recipient_id"] = "96170123456", ["biz_opaque_callback_data"] = ours?.ToString(),
                ["errors"] = error is null ? null : JsonNode.Parse(error),
            })),
        };

    private static string Seconds(DateTimeOffset at) =>
        at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Without(JsonObject nulls)
    {
        foreach (var name in nulls.Where(p => p.Value is null).Select(p => p.Key).ToList())
        {
            nulls.Remove(name);
        }

        return nulls;
    }
}
