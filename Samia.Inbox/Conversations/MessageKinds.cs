using MudBlazor;
using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>How screens show and name the kinds of messages.</summary>
internal static class MessageKinds
{
    /// <returns>Null for a text, which needs none.</returns>
    public static string? IconOf(MessageKind? kind) => kind switch
    {
        MessageKind.Image => Icons.Material.Rounded.Image,
        MessageKind.Video => Icons.Material.Rounded.Videocam,
        MessageKind.Audio => Icons.Material.Rounded.MusicNote,
        MessageKind.Voice => Icons.Material.Rounded.Mic,
        MessageKind.Sticker => Icons.Material.Rounded.EmojiEmotions,
        MessageKind.Document => Icons.Material.Rounded.Description,
        MessageKind.Location => Icons.Material.Rounded.Place,
        MessageKind.Contacts => Icons.Material.Rounded.Person,
        MessageKind.Interactive or MessageKind.Button => Icons.Material.Rounded.TouchApp,
        MessageKind.Order => Icons.Material.Rounded.ShoppingBag,
        MessageKind.Template => Icons.Material.Rounded.Dashboard,
        MessageKind.Unsupported => Icons.Material.Rounded.HelpOutline,
        _ => null,
    };

    public static string NameOf(MessageKind? kind) => kind switch
    {
        null => "No messages yet",
        MessageKind.Image => "Picture",
        MessageKind.Voice => "Voice message",
        MessageKind.Contacts => "Contact",
        MessageKind.Interactive or MessageKind.Button => "Answer",
        MessageKind.System => "WhatsApp",
        MessageKind.Unsupported => "Unsupported message",
        MessageKind.Text => "Deleted message",
        _ => kind.Value.ToString(),
    };
}
