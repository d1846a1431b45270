using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Localization;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>
/// Chooses the language of a request, and with it of the circuit that it opens: what the person chose in this browser,
/// otherwise what the browser asks for, otherwise English.
/// </summary>
internal static class Languages
{
    public const string Cookie = "samia-language";

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

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

    /// <summary><c>POST /language</c>, from <see cref="LanguageSwitch"/>: goes back to the page that asked, in that language.</summary>
    public static void MapLanguages(this WebApplication app) =>
        app.MapPost("/language", ChooseAsync).AllowAnonymous().DisableAntiforgery();

    public static void Remember(HttpContext http, Language language) => http.Response.Cookies.Append(
        Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language.Culture)), new CookieOptions
        {
            MaxAge = Remembered,
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });

    // Checked here, because the framework's own check is for endpoints that bind a form.
    private static async Task<IResult> ChooseAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http)
            || Language.Find((await http.Request.ReadFormAsync(http.RequestAborted))["language"]) is not { } language)
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        Remember(http, language);
        var asking = http.Request.GetTypedHeaders().Referer;
        return Results.LocalRedirect("~" + LocalUrl.Of(asking?.PathAndQuery));
    }
}
