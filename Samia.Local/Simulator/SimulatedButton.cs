using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>A button or list row that the business sent.</summary>
/// <param name="Id">As the business named it.</param>
/// <param name="Title">What the customer reads.</param>
/// <param name="Answer">What pressing it sends: <c>kind</c> and <c>content</c> of the message.</param>
internal sealed record SimulatedButton(string Id, string Title, JsonObject Answer)
{
    public static IReadOnlyList<SimulatedButton> Of(ChatMessage message)
    {
        if (message.Type != "interactive" || message.FromCustomer)
        {
            return [];
        }

        var action = message.Content["action"];
        var buttons = Items(action?["buttons"]).Select(b => Reply("button_reply", b["reply"]));
        var rows = Items(action?["sections"]).SelectMany(s => Items(s["rows"])).Select(r => Reply("list_reply", r));
        return [.. buttons.Concat(rows).OfType<SimulatedButton>()];
    }

    private static SimulatedButton? Reply(string type, JsonNode? source)
    {
        if ((string?)source?["id"] is not { } id || (string?)source["title"] is not { } title)
        {
            return null;
        }

        var reply = new JsonObject { ["id"] = id, ["title"] = title };
        if ((string?)source["description"] is { } description)
        {
            reply["description"] = description;
        }

        return new SimulatedButton(id, title, new JsonObject
        {
            ["kind"] = "interactive", ["content"] = new JsonObject { ["type"] = type, [type] = reply },
        });
    }

    private static IEnumerable<JsonNode> Items(JsonNode? array) => (array as JsonArray ?? []).OfType<JsonNode>();
}
