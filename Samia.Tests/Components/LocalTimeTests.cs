using System.Globalization;
using Samia.Inbox.Shell;
using Samia.Inbox.Team;

namespace Samia.Tests.Components;

public sealed class LocalTimeTests
{
    public LocalTimeTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    [Theory]
    [InlineData("2026-11-24T12:59:30Z", "now")]
    [InlineData("2026-11-24T13:00:20Z", "now")] // a clock that is a little ahead
    [InlineData("2026-11-24T12:55:00Z", "5 min")]
    [InlineData("2026-11-24T08:05:00Z", "10:05")]
    [InlineData("2026-11-23T22:30:00Z", "00:30")] // today in Beirut already
    [InlineData("2026-11-23T21:30:00Z", "Yesterday")]
    [InlineData("2026-11-20T10:00:00Z", "Fri")]
    [InlineData("2026-11-02T10:00:00Z", "2 Nov")]
    [InlineData("2025-11-02T10:00:00Z", "2 Nov 2025")]
    public void A_list_says_when_in_as_few_letters_as_it_takes(string at, string said) =>
        Assert.Equal(said, ScreenContext.Time.Brief(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-24T08:00:00Z", "Today")]
    [InlineData("2026-11-23T08:00:00Z", "Yesterday")]
    [InlineData("2026-11-20T10:00:00Z", "Friday, 20 November")]
    [InlineData("2025-11-20T10:00:00Z", "Thursday, 20 November 2025")]
    public void Days_are_named_in_the_businesss_time_zone(string at, string said) =>
        Assert.Equal(said, ScreenContext.Time.Day(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2026-11-24T12:59:30Z", "الآن")]
    [InlineData("2026-11-24T12:55:00Z", "5 د")]
    [InlineData("2026-11-23T21:30:00Z", "أمس")]
    [InlineData("2026-11-20T10:00:00Z", "الجمعة")]
    [InlineData("2025-11-02T10:00:00Z", "2 نوفمبر 2025")]
    public void Arabic_says_when_in_Arabic(string at, string said)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language.Find("ar")!.Culture;
        Assert.Equal(said, ScreenContext.Time.Brief(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("Maya Haddad", "MH")]
    [InlineData("maya", "M")]
    [InlineData("Maya de la Cruz", "MC")]
    [InlineData("سامر الحايك", "س")]
    [InlineData("+961 70 123", "91")] // nothing better is known
    [InlineData("@luna", "L")]
    [InlineData("🌙", "?")]
    [InlineData("  ", "?")]
    public void Initials_stand_for_a_name(string name, string initials) => Assert.Equal(initials, NameInitials.Of(name));
}
