using Microsoft.AspNetCore.Localization;

namespace Samia.Inbox.Shell;

/// <summary>
/// Chooses the language of a request, and with it of the circuit that it opens: what the person chose in this browser,
/// otherwise what the browser asks for, otherwise English.
/// </summary>
internal static class Languages
{
    public const string Cookie = "samia-language";

    public static PersonalChoice Choice { get; } = new("language", ChosenIn, Remember);

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRequestLocalization(options =>
        {
            options.SupportedCultures = options.SupportedUICultures = [.. Language.All.Select(l => l.Culture)];
            options.DefaultRequestCulture = new RequestCulture(Language.All[0].Culture);
            options.RequestCultureProviders =
                [new CookieRequestCultureProvider { CookieName = Cookie }, new AcceptLanguageHeaderRequestCultureProvider()];
        });
    }

    /// <summary><c>POST /language</c>, from <see cref="LanguageSwitch"/>.</summary>
    public static void MapLanguages(this WebApplication app) => app.MapChoice("/language", Choice);

    private static string? ChosenIn(HttpContext http) => http.Request.Cookies[Cookie] is { } cookie
        ? Language.Find(CookieRequestCultureProvider.ParseCookieValue(cookie)?.UICultures.FirstOrDefault().Value)?.Code
        : null;

    private static bool Remember(HttpContext http, string value)
    {
        if (Language.Find(value) is not { } language)
        {
            return false;
        }

        var culture = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language.Culture));
        http.Response.Cookies.Append(Cookie, culture, PersonalChoice.Remembered(http));
        return true;
    }
}
