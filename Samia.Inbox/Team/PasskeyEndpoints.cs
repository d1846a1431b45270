using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>What <c>PasskeyForm.razor.js</c> asks for before it asks the browser, each with an antiforgery token.</summary>
internal static class PasskeyEndpoints
{
    public const string RequestOptions = "/passkeys/request-options";
    public const string CreationOptions = "/passkeys/creation-options";

    /// <summary>Names the field of a form in which the password is given again.</summary>
    private const string PasswordField = "password";

    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost(RequestOptions, RequestAsync).AllowAnonymous().DisableAntiforgery()
            .RequireRateLimiting(SignInRateLimit.PasskeyPolicy);
        app.MapPost(CreationOptions, CreateAsync).AllowAnonymous().DisableAntiforgery()
            .RequireRateLimiting(SignInRateLimit.PasskeyPolicy);
    }

    private static async Task<IResult> RequestAsync(HttpContext http, IAntiforgery antiforgery, Passkeys passkeys) =>
        await antiforgery.IsRequestValidAsync(http) ? Json(await passkeys.RequestOptionsAsync()) : Results.BadRequest();

    // For who is signed in and gives their password again, who gave it a moment ago and has to have a second factor, or
    // who is invited and has no sign-in.
    private static async Task<IResult> CreateAsync(
        HttpContext http, IAntiforgery antiforgery, Passkeys passkeys, PasswordSignIn passwords, UserManager<User> users,
        SignInSession session, SignInSteps steps, OfferedPlaces places, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        if (http.User.HasSession && await users.FindByIdAsync(http.User.UserId.ToString()) is { } user)
        {
            var password = (await http.Request.ReadFormAsync(cancellationToken))[PasswordField];
            return await passwords.AskAgainAsync(user, password, cancellationToken) is { } problem
                ? Results.UnprocessableEntity(problem)
                : Json(await passkeys.CreationOptionsAsync(user.Id, user.Email!, http.User.Identity!.Name ?? user.Email!));
        }

        if (await session.AtSecondStepAsync(http, cancellationToken) is { } person)
        {
            return await users.FindByIdAsync(person.UserId.ToString()) is { } begun && !await steps.HasSecondFactorAsync(begun)
                ? Json(await passkeys.CreationOptionsAsync(begun.Id, begun.Email!, begun.Email!)) : Results.Unauthorized();
        }

        var invited = await places.FindAsync(await LinkSecrets.ReadAsync(http, LinkSecrets.InvitationScheme), cancellationToken);
        return invited.Place is { } place && await users.FindByEmailAsync(place.Email) is null
            ? Json(await passkeys.CreationOptionsAsync(Guid.CreateVersion7(), place.Email, place.Name)) : Results.Unauthorized();
    }

    private static IResult Json(string options) => Results.Text(options, "application/json");
}
