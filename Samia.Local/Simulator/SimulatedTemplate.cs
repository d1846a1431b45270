using System.Globalization;
using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>A message template of a number.</summary>
/// <param name="Name">Lower case with underscores.</param>
/// <param name="Language">Such as <c>en</c> or <c>ar</c>.</param>
/// <param name="Category"><c>UTILITY</c>, <c>MARKETING</c> or <c>AUTHENTICATION</c>.</param>
/// <param name="Status"><c>APPROVED</c>, <c>PAUSED</c>, …</param>
/// <param name="Body">With <c>{{1}}</c>, <c>{{2}}</c>, … for its parameters.</param>
/// <param name="Examples">One for each parameter.</param>
public sealed record SimulatedTemplate(
    string Name, string Language, string Category, string Status, string Body, params IReadOnlyList<string> Examples)
{
    public static IReadOnlyList<SimulatedTemplate> Samples { get; } =
    [
        new("hello_world", "en_US", "UTILITY", "APPROVED", "Welcome and congratulations! This message shows that you can send templates."),
        new("appointment_reminder", "en", "UTILITY", "APPROVED", "Hello {{1}}, this is a reminder of your appointment on {{2}}.", "Maya", "Monday at 10:00"),
        new("appointment_reminder", "ar", "UTILITY", "APPROVED", "مرحباً {{1}}، نذكّركم بموعدكم يوم {{2}}.", "ليلى", "الاثنين الساعة العاشرة"),
        new("we_miss_you", "en", "MARKETING", "APPROVED", "Hi {{1}}, it has been a while. Would you like to book again?", "Karim"),
        new("verification_code", "en", "AUTHENTICATION", "APPROVED", "{{1}} is your verification code.", "123456"),
        new("spring_offer", "en", "MARKETING", "PAUSED", "Twenty percent off until Friday."),
        new("new_branch", "en", "MARKETING", "PENDING", "We have opened in {{1}}.", "Hamra"),
    ];

    /// <summary>As the template list of the Cloud API gives it.</summary>
    internal JsonObject ToJson(int index)
    {
        var body = new JsonObject { ["type"] = "BODY", ["text"] = Body };
        if (Examples.Count > 0)
        {
            body["example"] = new JsonObject
            {
                ["body_text"] = new JsonArray(new JsonArray([.. Examples.Select(e => (JsonNode)e)])),
            };
        }

        return new JsonObject
        {
            ["name"] = Name,
            ["parameter_format"] = "POSITIONAL",
            ["components"] = new JsonArray(body),
            ["language"] = Language,
            ["status"] = Status,
            ["category"] = Category,
            ["id"] = (880_000_000_000_001 + index).ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>What the customer reads.</summary>
    internal string Fill(IReadOnlyList<string> parameters)
    {
        var text = Body;
        for (var i = 0; i < parameters.Count; i++)
        {
            text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"{{{{{i + 1}}}}}"), parameters[i], StringComparison.Ordinal);
        }

        return text;
    }
}
