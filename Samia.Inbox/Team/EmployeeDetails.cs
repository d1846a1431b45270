using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Samia.Inbox.Team;

/// <summary>What those who manage the team decide of an employee.</summary>
/// <param name="Name">What colleagues see.</param>
/// <param name="RoleId">One of the business's roles.</param>
/// <param name="TeamIds">Those that they belong to; null leaves that as it is.</param>
/// <param name="Languages">BCP 47 tags of the languages that they answer in.</param>
/// <param name="Capacity">How many open conversations they take at a time, 0 to 1000; null for any number.</param>
public sealed record EmployeeDetails(
    string Name, Guid RoleId, IReadOnlyList<Guid>? TeamIds, IReadOnlyList<string> Languages, int? Capacity);

/// <summary>Checks what people type about people.</summary>
internal static class EmployeeFields
{
    private const int MaxName = 120;
    private const int MaxLanguages = 20;
    private const int MaxCapacity = 1000;

    /// <returns>The name without white space around it.</returns>
    /// <exception cref="TeamRefusedException">It is empty or too long.</exception>
    public static string Name(string name, IStringLocalizer<Texts> texts) => name.Trim() switch
    {
        "" => throw new TeamRefusedException(texts["Write a name."]),
        { Length: > MaxName } => throw new TeamRefusedException(texts["The name is too long; {0} letters are possible.", MaxName]),
        var trimmed => trimmed,
    };

    /// <returns>The languages, each once, in the order of their tags.</returns>
    /// <exception cref="TeamRefusedException">One is unknown, or there are too many.</exception>
    public static string[] Languages(IReadOnlyList<string> languages, IStringLocalizer<Texts> texts)
    {
        string[] distinct = [.. languages.Distinct().Order(StringComparer.Ordinal)];
        return distinct.Length <= MaxLanguages && distinct.All(SpokenLanguages.IsKnown)
            ? distinct
            : throw new TeamRefusedException(texts["Choose up to {0} languages from the list.", MaxLanguages]);
    }

    /// <exception cref="TeamRefusedException">It is not between 0 and 1000.</exception>
    public static int? Capacity(int? capacity, IStringLocalizer<Texts> texts) => capacity is null or (>= 0 and <= MaxCapacity)
        ? capacity
        : throw new TeamRefusedException(texts["The number of conversations must be between 0 and {0}.", MaxCapacity.ToString(CultureInfo.CurrentCulture)]);
}
