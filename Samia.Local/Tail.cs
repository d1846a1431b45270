namespace Samia.Local;

/// <summary>The end of a log, for a message that says why something died.</summary>
internal static class Tail
{
    public static string Of(string file, int lines) =>
        File.Exists(file) ? string.Join('\n', File.ReadLines(file).TakeLast(lines)) : "";
}
