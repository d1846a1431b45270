using System.Text.Json.Nodes;

namespace Samia.Local.Simulator;

/// <summary>One bubble on a simulated phone. It never changes; the phone replaces it.</summary>
public sealed record ChatMessage
{
    public required string Id { get; init; }

    /// <summary>True for what the customer wrote, false for what the business sent.</summary>
    public required bool FromCustomer { get; init; }

    /// <summary>As in the Cloud API: <c>text</c>, <c>image</c>, <c>audio</c>, …</summary>
    public required string Type { get; init; }

    /// <summary>What stands under <see cref="Type"/> in the Cloud API's message. Not to be changed.</summary>
    public required JsonNode Content { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Of the customer's: <c>Sent</c>, <c>Delivered</c> once the webhook was accepted, <c>Read</c> once the business
    /// said so. Of the business's: the last status that was reported.
    /// </summary>
    public ChatStatus Status { get; init; }
    public string? ReplyTo { get; init; }
    public string? CustomerReaction { get; init; }
    public string? BusinessReaction { get; init; }
    public bool Edited { get; init; }
    public bool Revoked { get; init; }

    /// <summary>The <c>biz_opaque_callback_data</c> that the business sent along.</summary>
    public string? CallbackData { get; init; }

    /// <summary>The text, caption or title; empty where there is none.</summary>
    public string Text => Type switch
    {
        "text" => String(Content, "body"),
        "interactive" => Content["body"] is { } body ? String(body, "text") : Reply(Content),
        "button" => String(Content, "text"),
        "template" => String(Content, "name"),
        "location" => String(Content, "name"),
        "document" when Content["caption"] is null => String(Content, "filename"),
        _ => String(Content, "caption"),
    };

    private static string Reply(JsonNode interactive) =>
        (interactive["button_reply"] ?? interactive["list_reply"]) is { } reply ? String(reply, "title") : "";

    private static string String(JsonNode node, string name) =>
        node is JsonObject && node[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

public enum ChatStatus { Sent, Failed, Delivered, Read }
