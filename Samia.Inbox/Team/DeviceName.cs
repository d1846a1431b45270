namespace Samia.Inbox.Team;

/// <summary>
/// Says in words what a browser says of itself in its <c>User-Agent</c>, so that its owner knows it again: the two
/// names that people know, which are the same in every language. A browser may lie; nothing is decided by it.
/// </summary>
internal static class DeviceName
{
    // Each of these claims to be those after it too.
    private static readonly (string Token, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Token, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <returns>Such as <c>Firefox · Windows</c>; empty if it says nothing that is known.</returns>
    public static string Of(string? userAgent) => string.Join(" · ",
        new[] { NameIn(userAgent, Browsers), NameIn(userAgent, Systems) }.OfType<string>());

    private static string? NameIn(string? userAgent, (string Token, string Name)[] known) =>
        known.FirstOrDefault(k => userAgent?.Contains(k.Token, StringComparison.Ordinal) == true).Name;
}
