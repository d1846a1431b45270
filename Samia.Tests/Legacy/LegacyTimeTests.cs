using System.Globalization;
using Samia.Local.Legacy;

namespace Samia.Tests.Legacy;

public sealed class LegacyTimeTests
{
    [Theory]
    [InlineData("2024-01-02T10:00:00Z", "2024-01-02T10:00:00.000")]
    [InlineData("2024-01-02 10:00:00.123456+00", "2024-01-02T10:00:00.123")]
    [InlineData("2024-01-02 13:00:00+03", "2024-01-02T10:00:00.000")]
    [InlineData("2024-01-02 13:00:00+03:00", "2024-01-02T10:00:00.000")]
    [InlineData("2024-01-02 10:00:00", "2024-01-02T10:00:00.000")]
    [InlineData("2024-01-02", "2024-01-02T00:00:00.000")]
    [InlineData("1704189600", "2024-01-02T10:00:00.000")]
    [InlineData("1704189600.5", "2024-01-02T10:00:00.500")]
    [InlineData("1704189600123", "2024-01-02T10:00:00.123")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("yesterday", null)]
    [InlineData("infinity", null)]
    [InlineData("-infinity", null)]
    [InlineData("0024-01-01 00:00:00", null)]
    [InlineData("0044-03-15 BC", null)]
    [InlineData("2101-01-01", null)]
    [InlineData("-5", null)]
    [InlineData("0", null)]
    [InlineData("99999999999999999999", null)]
    public void Times_of_this_century_are_understood_and_nothing_else(string? text, string? expected) =>
        Assert.Equal(expected, LegacyTime.Of(text)?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture));

    [Fact]
    public void What_is_still_to_come_was_not()
    {
        var now = new DateTimeOffset(2024, 1, 2, 10, 0, 0, TimeSpan.Zero);
        Assert.NotNull(LegacyTime.Past("2024-01-03", now));
        Assert.Null(LegacyTime.Past("2024-01-04", now));
    }
}
