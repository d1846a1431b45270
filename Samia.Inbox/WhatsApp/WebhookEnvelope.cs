using System.Text;
using System.Text.Json;

namespace Samia.Inbox.WhatsApp;

/// <summary>One change of a webhook body, before it is understood: where it stands, and whom it is for.</summary>
/// <param name="AccountId">The WhatsApp Business Account of the entry that holds it.</param>
/// <param name="PhoneNumberId">The connected number; null for a change of the account itself.</param>
/// <param name="Start">Its first byte in the body.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct WebhookChange(string? AccountId, string? PhoneNumberId, int Start, int Length);

/// <summary>
/// Finds the changes of a body in one pass and without building a document: this runs before anybody is known to have
/// the right to send it. Whatever it does not know it skips.
/// </summary>
internal static class WebhookEnvelope
{
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static List<WebhookChange> Scan(ReadOnlySpan<byte> body)
    {
        var changes = new List<WebhookChange>(1);
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 64 });
        if (!reader.Read())
        {
            throw new JsonException("The body is empty.");
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("entry"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                {
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        ScanEntry(ref reader, changes);
                    }
                }
                else
                {
                    SkipValue(ref reader);
                }
            }
        }
        else
        {
            reader.Skip();
        }

        // To the end, so that a body with something after its JSON is refused and not half believed.
        while (reader.Read())
        {
        }

        return changes;
    }

    /// <summary>The same envelope with only these changes, each byte of them as received.</summary>
    public static byte[] Only(ReadOnlySpan<byte> body, IReadOnlyList<WebhookChange> changes)
    {
        using var result = new MemoryStream(body.Length);
        result.Write("""{"object":"whatsapp_business_account","entry":["""u8);
        for (var i = 0; i < changes.Count; i++)
        {
            result.Write(i == 0 ? "{\"id\":"u8 : ",{\"id\":"u8);
            result.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(changes[i].AccountId)));
            result.Write(",\"changes\":["u8);
            result.Write(body.Slice(changes[i].Start, changes[i].Length));
            result.Write("]}"u8);
        }

        result.Write("]}"u8);
        return result.ToArray();
    }

    private static void ScanEntry(ref Utf8JsonReader reader, List<WebhookChange> changes)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        var first = changes.Count;
        string? accountId = null;
        while (NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                accountId = ScalarOrSkip(ref reader);
            }
            else if (reader.ValueTextEquals("changes"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    changes.Add(ScanChange(ref reader));
                }
            }
            else
            {
                SkipValue(ref reader);
            }
        }

        for (var i = first; i < changes.Count; i++)
        {
            changes[i] = changes[i] with { AccountId = accountId };
        }
    }

    private static WebhookChange ScanChange(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        string? phoneNumberId = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("value"u8))
                {
                    phoneNumberId = InObject(ref reader, "metadata"u8, "phone_number_id"u8);
                }
                else
                {
                    SkipValue(ref reader);
                }
            }
        }
        else
        {
            reader.Skip();
        }

        return new WebhookChange(null, phoneNumberId, start, (int)reader.BytesConsumed - start);
    }

    // The scalar at value.outer.inner; leaves the reader at the end of the value.
    private static string? InObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> outer, ReadOnlySpan<byte> inner)
    {
        string? found = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (NextProperty(ref reader))
        {
            if (!reader.ValueTextEquals(outer))
            {
                SkipValue(ref reader);
            }
            else if (inner.IsEmpty)
            {
                reader.Read();
                found = ScalarOrSkip(ref reader);
            }
            else
            {
                found = InObject(ref reader, inner, default);
            }
        }

        return found;
    }

    private static bool NextProperty(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static string? ScalarOrSkip(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return Encoding.UTF8.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    private static void SkipValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            reader.Read();
        }

        reader.Skip();
    }
}
