using Microsoft.AspNetCore.Antiforgery;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary><c>POST /sign-out</c>, with an antiforgery token: another site cannot sign somebody out.</summary>
internal static class SignOutEndpoint
{
    public static void MapSignOut(this WebApplication app) =>
        app.MapPost("/sign-out", SignOutAsync).AllowAnonymous().DisableAntiforgery();

    // Checked here, because the framework's own check is for endpoints that bind a form.
    private static async Task<IResult> SignOutAsync(
        HttpContext http, IAntiforgery antiforgery, SignInSession session, SupportVisits visits, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (http.User.VisitId is { } visit)
        {
            await visits.LeaveAsync(http.User.BusinessId, visit, cancellationToken);
        }

        await session.LeaveAsync(http, cancellationToken);
        var next = (await http.Request.ReadFormAsync(cancellationToken))["returnUrl"].ToString();
        return Results.LocalRedirect("~" + (next.Length > 0 ? LocalUrl.Of(next) : "/sign-in"));
    }
}
