using System.Text.Json;
using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>Reads what a call says, and names what is missing as the Cloud API does.</summary>
internal sealed record JsonReader(JsonObject Body, string Path = "")
{
    public bool Has(string name) => Body[name] is not null;

    /// <summary>The text at the path; null if there is none.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Body;
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : null;
    }

    /// <exception cref="CloudApiException">It is missing or empty.</exception>
    public string Required(string name) => Text(name) is { Length: > 0 } text
        ? text
        : throw new CloudApiException(CloudApiError.Missing(Named(name)));

    /// <exception cref="CloudApiException">It is missing, empty or longer than <paramref name="longest"/>.</exception>
    public string Required(string name, int longest) => Required(name) is { } text && text.Length <= longest
        ? text
        : throw new CloudApiException(CloudApiError.Invalid($"Param {Named(name)} must be at most {longest} characters long."));

    /// <exception cref="CloudApiException">It is missing or no object.</exception>
    public JsonReader Object(string name) => Body[name] is JsonObject found
        ? new JsonReader(found, Named(name))
        : throw new CloudApiException(CloudApiError.Missing(Named(name)));

    /// <exception cref="CloudApiException">It is missing, empty, no array of objects, or has more than <paramref name="most"/>.</exception>
    public IReadOnlyList<JsonReader> Array(string name, int most)
    {
        if (Body[name] is not JsonArray { Count: > 0 } found)
        {
            throw new CloudApiException(CloudApiError.Missing(Named(name)));
        }

        return found.Count <= most && found.All(i => i is JsonObject)
            ? [.. found.Select((item, i) => new JsonReader((JsonObject)item!, $"{Named(name)}[{i}]"))]
            : throw new CloudApiException(CloudApiError.WrongValue($"Param {Named(name)} takes 1 to {most} objects."));
    }

    /// <exception cref="CloudApiException">It is missing, no number, or out of range.</exception>
    public void RequireNumber(string name, double largest)
    {
        if (Body[name] is not JsonValue value)
        {
            throw new CloudApiException(CloudApiError.Missing(Named(name)));
        }

        // The API takes numbers as text, too.
        if (!double.TryParse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var number) || !(Math.Abs(number) <= largest))
        {
            throw new CloudApiException(CloudApiError.WrongValue($"Param {Named(name)} must be from -{largest} to {largest}."));
        }
    }

    private string Named(string name) => Path.Length == 0 ? name : $"{Path}['{name}']";
}
