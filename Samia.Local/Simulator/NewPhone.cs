using System.Globalization;

namespace Samia.Local.Simulator;

/// <summary>A customer to invent or to remember. At least one of number and business-scoped id is present.</summary>
/// <param name="Name">The profile name; may be empty.</param>
/// <param name="WaId">Digits without a plus.</param>
/// <param name="Bsuid">The business-scoped user id.</param>
/// <param name="Username">Without the at sign.</param>
/// <param name="HidesNumber">Webhooks carry no number.</param>
public sealed record NewPhone(
    string Name, string? WaId = null, string? Bsuid = null, string? Username = null, bool HidesNumber = false)
{
    /// <summary>Somebody with a number and an id of their own.</summary>
    /// <exception cref="ArgumentException">It is no number; the message is for people.</exception>
    public static NewPhone WithNumber(string name, string number)
    {
        var digits = Digits(number);
        return new NewPhone(name, digits, NewBsuid(CountryOf(digits)));
    }

    /// <summary>Somebody who hides their number behind a username.</summary>
    /// <exception cref="ArgumentException">The username is empty; the message is for people.</exception>
    public static NewPhone WithUsername(string name, string username)
    {
        username = username.Trim().TrimStart('@');
        return username.Length == 0
            ? throw new ArgumentException("A username has at least one letter.")
            : new NewPhone(name, null, NewBsuid("US"), username, HidesNumber: true);
    }

    /// <exception cref="ArgumentException">It is no number; the message is for people.</exception>
    internal static string Digits(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length is >= 7 and <= 15
            ? digits
            : throw new ArgumentException($"'{number}' is no phone number. Write it with its country code, such as +961 70 123 456.");
    }

    internal static string NewBsuid(string country) =>
        string.Create(CultureInfo.InvariantCulture, $"{country}.{Random.Shared.NextInt64(1_000_000_000_000_000, 9_999_999_999_999_999)}");

    internal static string CountryOf(string waId) => waId switch
    {
        ['9', '6', '1', ..] => "LB",
        ['4', '4', ..] => "GB",
        ['9', '7', '1', ..] => "AE",
        ['3', '3', ..] => "FR",
        _ => "US",
    };
}
