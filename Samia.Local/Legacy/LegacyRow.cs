using System.Globalization;

namespace Samia.Local.Legacy;

/// <summary>A row as the old database wrote it, every value as text. What cannot be understood is null.</summary>
internal sealed class LegacyRow(IReadOnlyDictionary<string, int> columns, string?[] values)
{
    /// <summary>The row's id.</summary>
    public string Key => values[columns["id"]]!;

    /// <summary>As it stands; null where the table has no such column.</summary>
    public string? Raw(string column) => values[columns[column]];

    /// <summary>Without space around it; null if nothing is left.</summary>
    public string? Text(string column) => LegacyText.Of(Raw(column));

    /// <summary>A word of a fixed set: in small letters, with underscores for what separates words.</summary>
    public string? Word(string column) => LegacyText.Word(Text(column));

    public DateTimeOffset? Time(string column) => LegacyTime.Of(Text(column));

    public decimal? Number(string column) =>
        decimal.TryParse(Text(column), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    public bool Flag(string column) => Text(column) is "true" or "t" or "1" or "yes";
}
