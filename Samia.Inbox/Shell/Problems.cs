using Microsoft.AspNetCore.Diagnostics;
using Samia.Inbox.Api;

namespace Samia.Inbox.Shell;

/// <summary>Shows people a page about a request that was refused. Programs get the bare status.</summary>
internal static class Problems
{
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
        app.Use(async (http, next) =>
        {
            http.Features.Get<IStatusCodePagesFeature>()!.Enabled = AsksForPage(http.Request) && !http.Request.IsForApi;
            if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                // The page about a form that was refused is not that form.
                http.Request.Method = HttpMethods.Get;
            }

            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentLength: null or 0 })
            {
                // A component's page names a content type even when it refuses a form and writes nothing.
                http.Response.ContentType = null;
            }
        });
    }

    private static bool AsksForPage(HttpRequest request) =>
        request.Headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);
}
