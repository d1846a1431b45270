using System.Globalization;
using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>Templates of an account, and what the API tells about a number.</summary>
internal static class CloudApiTemplates
{
    private const int DefaultPage = 25;

    /// <summary><c>GET /{version}/{waba-id}/message_templates</c>, by <c>name</c>, <c>language</c>, <c>status</c>, <c>limit</c> and <c>after</c>.</summary>
    public static Task<JsonNode> ListAsync(CloudApiCall call)
    {
        var query = call.Http.Request.Query;
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) && asked > 0 ? asked : DefaultPage;
        var after = int.TryParse(query["after"], CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var all = call.Line.Templates.Select((t, i) => (Template: t, Index: i))
            .Where(t => Matches(query["name"], t.Template.Name) && Matches(query["language"], t.Template.Language)
                && Matches(query["status"], t.Template.Status))
            .ToList();
        var page = all.Skip(after).Take(limit).ToList();
        var paging = new JsonObject
        {
            ["cursors"] = new JsonObject { ["before"] = Cursor(after), ["after"] = Cursor(after + page.Count) },
        };
        if (after + page.Count < all.Count)
        {
            paging["next"] = $"{call.Simulator.Address.GetLeftPart(UriPartial.Authority)}{call.Http.Request.Path}?limit={limit}&after={Cursor(after + page.Count)}";
        }

        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(t => t.Template.ToJson(t.Index))]),
            ["paging"] = paging,
        });
    }

    /// <summary><c>GET /{version}/{phone-number-id}</c>.</summary>
    public static Task<JsonNode> DescribeNumberAsync(CloudApiCall call) => Task.FromResult<JsonNode>(new JsonObject
    {
        ["verified_name"] = call.Line.Name,
        ["display_phone_number"] = "+" + call.Line.Connection.WhatsApp.DisplayPhoneNumber,
        ["quality_rating"] = "GREEN",
        ["code_verification_status"] = "VERIFIED",
        ["platform_type"] = "CLOUD_API",
        ["id"] = call.Line.PhoneNumberId,
    });

    /// <exception cref="CloudApiException">There is none of this name and language, it may not be sent, or its parameters do not fit.</exception>
    public static SimulatedTemplate Find(SimulatedLine line, JsonNode content)
    {
        var (name, language) = ((string)content["name"]!, (string)content["language"]!["code"]!);
        var template = line.Templates.FirstOrDefault(t => t.Name == name && t.Language == language && t.Status != "PENDING")
            ?? throw new CloudApiException(new CloudApiError(404, 132001, "Template name does not exist in the translation",
                $"template name ({name}) does not exist in {language}"));
        if (template.Status != "APPROVED")
        {
            throw new CloudApiException(new CloudApiError(400, 132015, "Template is Paused",
                "Template is paused due to low quality so it cannot be sent in a template message."));
        }

        var given = ParametersOf(content).Count;
        return given == template.Examples.Count
            ? template
            : throw new CloudApiException(new CloudApiError(400, 132000, "Number of parameters does not match the expected number of params",
                $"body: number of localizable_params ({given}) does not match the expected number of params ({template.Examples.Count})"));
    }

    public static IReadOnlyList<string> ParametersOf(JsonNode content) =>
        [.. (content["components"] as JsonArray ?? []).Where(c => ((string?)c?["type"])?.ToLowerInvariant() == "body")
            .SelectMany(c => c!["parameters"] as JsonArray ?? []).Select(p => (string?)p?["text"] ?? "")];

    private static bool Matches(string? asked, string value) => string.IsNullOrEmpty(asked) || asked == value;

    private static string Cursor(int position) => position.ToString(CultureInfo.InvariantCulture);
}
