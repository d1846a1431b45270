using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Samia.Local.Simulator;

/// <summary>On, off, or on for a number of occasions: <c>true</c>, <c>false</c> or a number in JSON.</summary>
[JsonConverter(typeof(SwitchSettingConverter))]
internal readonly record struct SwitchSetting(bool On, int? Times);

internal sealed class SwitchSettingConverter : JsonConverter<SwitchSetting>
{
    public override SwitchSetting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.True => new SwitchSetting(true, null),
            JsonTokenType.Number => new SwitchSetting(reader.GetInt32() > 0, reader.GetInt32()),
            JsonTokenType.False => default,
            _ => throw new JsonException("A switch is true, false or a number of occasions."),
        };

    public override void Write(Utf8JsonWriter writer, SwitchSetting value, JsonSerializerOptions options)
    {
        if (value is { On: true, Times: { } times })
        {
            writer.WriteNumberValue(times);
        }
        else
        {
            writer.WriteBooleanValue(value.On);
        }
    }
}

/// <summary>A customer to invent, with a number, a username, or both.</summary>
internal sealed record PhoneRequest(string Name, string? Number, string? Username)
{
    /// <exception cref="ArgumentException">Neither is given, or one is wrong.</exception>
    public NewPhone Understand()
    {
        if (string.IsNullOrWhiteSpace(Username))
        {
            return NewPhone.WithNumber(Name.Trim(), Number ?? "");
        }

        var person = NewPhone.WithUsername(Name.Trim(), Username);
        return string.IsNullOrWhiteSpace(Number)
            ? person
            : NewPhone.WithNumber(Name.Trim(), Number) with { Username = person.Username };
    }
}

internal sealed record ReactionRequest(string? Emoji);

internal sealed record PressRequest(string Button);

internal sealed record NumberRequest(string Number);

internal sealed record OnlineRequest(bool Online);

/// <summary>Something to send. <c>Type</c> is <c>text</c> unless it says otherwise; <c>sample</c> sends a sample file.</summary>
internal sealed record MessageRequest
{
    public string Type { get; init; } = "text";
    public string? Text { get; init; }
    public string? ReplyTo { get; init; }

    /// <summary>The name of a sample file.</summary>
    public string? Sample { get; init; }
    public double Latitude { get; init; }
    public double Longitude { get; init; }
    public string? Name { get; init; }
    public string? Address { get; init; }
    public string? Number { get; init; }

    /// <summary>For any other type: what stands under it in the Cloud API.</summary>
    public JsonNode? Content { get; init; }

    public Task SendAsync(WhatsAppSimulator simulator, SimulatedPhone phone) => Type switch
    {
        "text" when !string.IsNullOrWhiteSpace(Text) => simulator.WriteAsync(phone, Text, ReplyTo),
        "text" => throw new ArgumentException("There is nothing to send."),
        "sample" => simulator.SendMediaAsync(phone, SampleMedia.Named(Sample ?? ""), Text, voice: true, ReplyTo),
        "location" => simulator.SendLocationAsync(phone, Latitude, Longitude, Name, Address),
        "contacts" => simulator.SendContactAsync(phone, Name ?? "", Number ?? ""),
        "unsupported" => simulator.SendUnsupportedAsync(phone),
        _ when Content is not null => simulator.SendAsync(phone, Type, Content.DeepClone(), ReplyTo),
        _ => throw new ArgumentException($"A message of type '{Type}' needs its content."),
    };
}
