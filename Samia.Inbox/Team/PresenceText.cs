using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Team;

/// <summary>Says in words whether somebody is there.</summary>
internal static class PresenceText
{
    public static string Of(Presence presence, IStringLocalizer<Texts> L) => presence switch
    {
        Presence.Online => L["Online"],
        Presence.Away => L["Away"],
        _ => L["Offline"],
    };

    /// <summary>How many open conversations somebody has, beside how many they take.</summary>
    public static string Load(int open, int? capacity, IStringLocalizer<Texts> L) =>
        capacity is { } takes ? L["{0} of {1} open", open, takes] : L["{0} open", open];
}
