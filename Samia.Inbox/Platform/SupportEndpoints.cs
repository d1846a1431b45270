using Microsoft.AspNetCore.Antiforgery;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Entering and leaving a business for support change the sign-in cookie, which takes an HTTP response.</summary>
internal static class SupportEndpoints
{
    public static void MapSupportVisits(this WebApplication app)
    {
        app.MapGet("/platform/businesses/{businessId:guid}/visits/{visitId:guid}", EnterAsync).RequireAuthorization(PlatformAccess.Policy);
        app.MapPost("/platform/leave", LeaveAsync).RequireAuthorization(PlatformAccess.Policy).DisableAntiforgery();
    }

    /// <summary>Where a visit is entered that was begun.</summary>
    public static string AddressOf(Guid businessId, Guid visitId) => $"/platform/businesses/{businessId}/visits/{visitId}";

    // A link would do no harm: it leads only into a visit that its own visitor began and that is open still.
    private static async Task<IResult> EnterAsync(
        Guid businessId, Guid visitId, HttpContext http, SupportVisits visits, SignInSession session, CancellationToken cancellationToken)
    {
        if (await visits.OpenAsync(businessId, visitId, cancellationToken) is not { } stay)
        {
            return Results.LocalRedirect("~" + PlatformAccess.Home);
        }

        await session.VisitAsync(http, stay, cancellationToken);
        return Results.LocalRedirect("~/");
    }

    // Checked here, because the framework's own check is for endpoints that bind a form.
    private static async Task<IResult> LeaveAsync(
        HttpContext http, IAntiforgery antiforgery, SupportVisits visits, SignInSession session, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        }

        if (http.User.VisitId is { } visit)
        {
            await visits.LeaveAsync(http.User.BusinessId, visit, cancellationToken);
            await session.VisitAsync(http, null, cancellationToken);
        }

        // Where a screen of the visit goes by itself once it hears that the visit is over, which it may do first.
        return Results.LocalRedirect("~" + PlatformAccess.Home);
    }
}
