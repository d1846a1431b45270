using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Samia.Local.Simulator;

/// <summary>The phone in the browser: files of this folder, built into the program.</summary>
internal static class PageEndpoints
{
    private const string Prefix = "Samia.Local.Simulator.Page.";

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8", [".css"] = "text/css", [".js"] = "text/javascript", [".svg"] = "image/svg+xml",
    };

    public static void MapPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => Results.Redirect("/simulator"));
        app.MapGet("/simulator", () => File("index.html"));
        app.MapGet("/simulator/{file}", File);
    }

    private static IResult File(string file) =>
        typeof(PageEndpoints).Assembly.GetManifestResourceStream(Prefix + file) is { } content
            ? Results.Stream(content, ContentTypes.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream"))
            : Results.NotFound();
}
