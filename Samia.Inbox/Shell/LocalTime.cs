using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Shell;

/// <summary>Says times as people in a time zone would, in the current culture.</summary>
/// <param name="zone">Whose clock.</param>
/// <param name="now">Read once for a whole screen, so that its parts agree.</param>
public sealed class LocalTime(TimeZoneInfo zone, DateTimeOffset now)
{
    private static readonly IStringLocalizer L = Text.Of<Texts>();

    private DateTime Today => TimeZoneInfo.ConvertTime(now, zone).Date;

    /// <summary>For a list: "now", "5 min", the time of day, "Yesterday", the weekday within a week, or the date.</summary>
    public string Brief(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return (now - at) switch
        {
            { TotalSeconds: < 60 } => L["now"],
            { TotalMinutes: < 60 } elapsed => L["{0} min", elapsed.Minutes],
            _ when local.Date == Today => Clock(at),
            _ when local.Date == Today.AddDays(-1) => L["Yesterday"],
            _ when local.Date > Today.AddDays(-7) => local.ToString("ddd", CultureInfo.CurrentCulture),
            _ when local.Year == Today.Year => local.ToString("d MMM", CultureInfo.CurrentCulture),
            _ => local.ToString("d MMM yyyy", CultureInfo.CurrentCulture),
        };
    }

    /// <summary>For a separator between days.</summary>
    public string Day(DateTimeOffset at)
    {
        var date = DateOf(at);
        return date == DateOnly.FromDateTime(Today) ? L["Today"]
            : date == DateOnly.FromDateTime(Today).AddDays(-1) ? L["Yesterday"]
            : date.ToString(date.Year == Today.Year ? L["dddd, d MMMM"] : L["dddd, d MMMM yyyy"], CultureInfo.CurrentCulture);
    }

    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).Date);

    public string Clock(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>Day and time, for a tooltip.</summary>
    public string Full(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(L["d MMM yyyy, HH:mm:ss"], CultureInfo.CurrentCulture);
}
