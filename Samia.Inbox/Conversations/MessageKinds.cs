using Microsoft.Extensions.Localization;
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

    public static string NameOf(MessageKind? kind, IStringLocalizer<Texts> L) => kind switch
    {
        null => L["No messages yet"],
        MessageKind.Text => L["Deleted message"],
        MessageKind.Image => L["Picture"],
        MessageKind.Video => L["Video"],
        MessageKind.Audio => L["Audio"],
        MessageKind.Voice => L["Voice message"],
        MessageKind.Sticker => L["Sticker"],
        MessageKind.Document => L["Document"],
        MessageKind.Location => L["Location"],
        MessageKind.Contacts => L["Contact"],
        MessageKind.Interactive or MessageKind.Button => L["Answer"],
        MessageKind.Order => L["Order"],
        MessageKind.Template => L["Template"],
        MessageKind.System => "WhatsApp",
        _ => L["Unsupported message"],
    };
}
