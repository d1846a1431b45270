namespace Samia.Inbox.Shell;

/// <summary>Remembers in a browser which colours somebody wants.</summary>
internal static class Themes
{
    public const string Cookie = "samia-theme";

    /// <summary>Set by App.razor.js.</summary>
    private const string MachineCookie = "samia-machine";

    /// <summary><c>POST /theme</c>, from the settings.</summary>
    public static void MapThemes(this WebApplication app) => app.MapChoice("/theme", Choice);

    public static PersonalChoice Choice { get; } = new("theme", ChosenIn, Remember);

    public static Look LookOf(HttpContext http) =>
        new(Parse(http.Request.Cookies[Cookie]) ?? Theme.System, http.Request.Cookies[MachineCookie] == "dark");

    private static string? ChosenIn(HttpContext http) => Parse(http.Request.Cookies[Cookie])?.ToString();

    private static bool Remember(HttpContext http, string value)
    {
        if (Parse(value) is not { } theme)
        {
            return false;
        }

        http.Response.Cookies.Append(Cookie, theme.ToString(), PersonalChoice.Remembered(http));
        return true;
    }

    private static Theme? Parse(string? value) => Enum.GetValues<Theme>().Cast<Theme?>().FirstOrDefault(t => t.ToString() == value);
}
