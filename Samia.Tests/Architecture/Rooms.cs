using System.Text.RegularExpressions;

namespace Samia.Tests.Architecture;

/// <summary>Which room an entity belongs to: the folder of Samia.Data that holds it.</summary>
public static partial class Rooms
{
    public static ILookup<string, string> OfEntities { get; } = (
        from file in Sources.Of("Samia.Data", ".cs")
        where file.Path.Split('/').Length == 3
        from Match entity in ClassName().Matches(file.Code)
        select (Name: entity.Groups["name"].Value, Room: file.Path.Split('/')[1])).ToLookup(e => e.Name, e => e.Room);

    [GeneratedRegex(@"\bclass (?<name>\w+)")]
    private static partial Regex ClassName();
}
