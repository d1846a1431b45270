namespace Samia.Local.Legacy;

/// <summary>Prices that Samia's columns take.</summary>
internal static class LegacyMoney
{
    private const decimal TooMuch = 10_000_000_000;

    /// <summary>In hundredths at the finest; null for less than nothing and for more than the column holds.</summary>
    public static decimal? Amount(decimal? amount) => amount is >= 0 and < TooMuch - 1 ? decimal.Round(amount.Value, 2) : null;

    /// <summary>An ISO 4217 code in capitals; null if it is none.</summary>
    public static string? Currency(string? code) =>
        code?.ToUpperInvariant() is { Length: 3 } letters && letters.All(char.IsAsciiLetterUpper) ? letters : null;
}
