using Microsoft.AspNetCore.Antiforgery;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>Something that a person chooses for themselves, and that each of their browsers remembers in a cookie.</summary>
/// <param name="Name">Of the form's field.</param>
/// <param name="ChosenIn">What the request's browser remembers; null if nothing was chosen in it.</param>
/// <param name="Remember">Has the browser remember it. False if there is no such choice.</param>
internal sealed record PersonalChoice(
    string Name, Func<HttpContext, string?> ChosenIn, Func<HttpContext, string, bool> Remember)
{
    public static CookieOptions Remembered(HttpContext http) => new()
    {
        MaxAge = TimeSpan.FromDays(365),
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    };
}

/// <summary>Forms of one field that work without a circuit, and lead back to the page that they are on.</summary>
internal static class PersonalChoiceEndpoint
{
    public static void MapChoice(this WebApplication app, string path, PersonalChoice choice) =>
        app.MapPost(path, (HttpContext http, IAntiforgery antiforgery, PersonalChoices choices) =>
            ChooseAsync(choice, http, antiforgery, choices)).AllowAnonymous().DisableAntiforgery();

    // Checked here, because the framework's own check is for endpoints that bind a form.
    private static async Task<IResult> ChooseAsync(
        PersonalChoice choice, HttpContext http, IAntiforgery antiforgery, PersonalChoices choices)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        var value = (await http.Request.ReadFormAsync(http.RequestAborted))[choice.Name].ToString();
        if (!choice.Remember(http, value))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        await choices.KeepAsync(http, choice, value);
        return Results.LocalRedirect("~" + LocalUrl.Of(http.Request.GetTypedHeaders().Referer?.PathAndQuery));
    }
}
