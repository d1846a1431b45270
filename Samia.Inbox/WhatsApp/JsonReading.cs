using System.Globalization;
using System.Text.Json;

namespace Samia.Inbox.WhatsApp;

/// <summary>Reads what may be missing, or of another type than the documentation says, without failing.</summary>
internal static class JsonReading
{
    extension(JsonElement element)
    {
        /// <summary>The element at the path, or one of kind Undefined.</summary>
        public JsonElement At(params ReadOnlySpan<string> path)
        {
            foreach (var name in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return default;
                }
            }

            return element;
        }

        /// <summary>The text or number at the path as text; null if there is none or it is empty.</summary>
        public string? Text(params ReadOnlySpan<string> path)
        {
            var found = element.At(path);
            var text = found.ValueKind switch
            {
                // JSON may hold a lone surrogate or a NUL, which Postgres's text may not.
                JsonValueKind.String => Sanitize(found),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
                _ => null,
            };
            return string.IsNullOrEmpty(text) ? null : text;
        }

        /// <summary>The elements of the array at the path; none if it is not one.</summary>
        public IEnumerable<JsonElement> Each(params ReadOnlySpan<string> path)
        {
            var found = element.At(path);
            return found.ValueKind == JsonValueKind.Array ? found.EnumerateArray() : [];
        }

        /// <summary>Seconds since 1970, as a string or a number; null if it is neither or out of range.</summary>
        public DateTimeOffset? Time(params ReadOnlySpan<string> path) =>
            long.TryParse(element.Text(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and < 253_402_300_800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;

        public bool Exists => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

        /// <summary>The element as text that <c>jsonb</c> takes, which has no NUL and no lone surrogate.</summary>
        public string RawForJsonb => Clean(element.GetRawText());
    }

    private static string Sanitize(JsonElement element)
    {
        try
        {
            return element.GetString()!.Replace("\0", "", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            using var cleaned = JsonDocument.Parse(Clean(element.GetRawText()));
            return cleaned.RootElement.GetString()!;
        }
    }

    private static string Clean(string json)
    {
        if (!json.Contains("\\u", StringComparison.Ordinal))
        {
            return json;
        }

        return System.Text.RegularExpressions.Regex.Replace(json,
            """(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\u0000)""",
            match => match.Groups[2].Length == 12 ? match.Value : match.Groups[1].Value + "\\ufffd",
            System.Text.RegularExpressions.RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
    }
}
