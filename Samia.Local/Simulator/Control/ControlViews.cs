using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

internal sealed record LineView(
    string Id, string Name, string DisplayNumber, IReadOnlyDictionary<Misbehaviour, SwitchSetting> Misbehaviour)
{
    public static LineView Of(SimulatedLine line) => new(line.PhoneNumberId, line.Name,
        line.Connection.WhatsApp.DisplayPhoneNumber,
        line.Misbehaviour.All().ToDictionary(s => s.Key, s => new SwitchSetting(true, s.Value)));
}

/// <summary>A phone in the list.</summary>
internal sealed record PhoneView(
    string Id, string Name, string? Number, string? Bsuid, string? Username, bool HidesNumber, bool Online,
    DateTimeOffset? LastAt, string Preview, int Unread)
{
    public static PhoneView Of(SimulatedPhone phone)
    {
        var messages = phone.Messages;
        var last = messages.Count == 0 ? null : messages[^1];
        return new PhoneView(phone.Id, phone.Person.Name, phone.Person.WaId, phone.Person.Bsuid, phone.Person.Username,
            phone.Person.HidesNumber, phone.IsOnline, last?.At, last is null ? "" : PreviewOf(last),
            messages.Count(m => m is { FromCustomer: false, Status: not ChatStatus.Read }));
    }

    private static string PreviewOf(ChatMessage message) => message switch
    {
        { Revoked: true } => "This message was deleted",
        { Type: "audio" } => "Voice note",
        { Type: "image" } => Titled("Photo", message),
        { Type: "video" } => Titled("Video", message),
        { Type: "document" } => Titled("Document", message),
        { Type: "location" } => Titled("Location", message),
        { Type: "sticker" } => "Sticker",
        { Type: "contacts" } => "Contact",
        { Type: "unsupported" } => "Poll",
        _ => message.Text,
    };

    private static string Titled(string what, ChatMessage message) => message.Text.Length > 0 ? $"{what}: {message.Text}" : what;
}

/// <summary>A phone with its chat.</summary>
internal sealed record ChatView(PhoneView Phone, DateTimeOffset? TypingUntil, IReadOnlyList<MessageView> Messages)
{
    public static ChatView Of(SimulatedPhone phone) =>
        new(PhoneView.Of(phone), phone.TypingUntil, [.. phone.Messages.Select(MessageView.Of)]);
}

/// <summary>A bubble. <c>Direction</c> is the business's, as everywhere in Samia: the customer's messages are inbound.</summary>
internal sealed record MessageView(
    string Id, string Direction, string Type, string Text, JsonNode Content, DateTimeOffset At, ChatStatus Status,
    string? ReplyTo, string? CustomerReaction, string? BusinessReaction, bool Edited, bool Revoked,
    IReadOnlyList<ButtonView> Buttons)
{
    public static MessageView Of(ChatMessage message) => new(message.Id, message.FromCustomer ? "inbound" : "outbound",
        message.Type, (string?)(message.Content as JsonObject)?["rendered"] ?? message.Text, message.Content, message.At,
        message.Status, message.ReplyTo, message.CustomerReaction, message.BusinessReaction, message.Edited, message.Revoked,
        [.. SimulatedButton.Of(message).Select(b => new ButtonView(b.Id, b.Title))]);
}

internal sealed record ButtonView(string Id, string Title);
