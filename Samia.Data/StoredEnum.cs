using System.Collections.Frozen;
using System.Text.Json;

namespace Samia.Data;

/// <summary>How enums stand in the database: by their snake_case names. For SQL that is written by hand.</summary>
public static class StoredEnum
{
    public static string NameOf<T>(T value) where T : struct, Enum => Map<T>.Names[value];

    /// <exception cref="KeyNotFoundException">No value has this name.</exception>
    public static T Parse<T>(string name) where T : struct, Enum => Map<T>.Values[name];

    private static class Map<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Names = Enum.GetValues<T>()
            .ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly FrozenDictionary<string, T> Values = Names.ToFrozenDictionary(p => p.Value, p => p.Key);
    }
}
