using System.Globalization;

namespace Samia.Local.Legacy;

/// <summary>Times as old programs wrote them.</summary>
internal static class LegacyTime
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const decimal FirstThatAreMilliseconds = 100_000_000_000;

    /// <param name="text">
    /// ISO 8601, or as Postgres writes it, in UTC if it names no offset; or seconds or milliseconds since 1970.
    /// </param>
    /// <returns>Null for what is no time, or none of this century, such as <c>infinity</c> or the year 24.</returns>
    public static DateTimeOffset? Of(string? text)
    {
        DateTimeOffset time;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var milliseconds = number < FirstThatAreMilliseconds ? number * 1000 : number;
            if (milliseconds >= Latest.ToUnixTimeMilliseconds())
            {
                return null;
            }

            time = DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
        }
        else if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
        {
            return null;
        }

        return time >= Earliest && time < Latest ? time : null;
    }

    /// <summary>As <see cref="Of"/>, and null for what is still to come; a day is allowed for clocks that differ.</summary>
    public static DateTimeOffset? Past(string? text, DateTimeOffset now) =>
        Of(text) is { } time && time <= now.AddDays(1) ? time : null;
}
