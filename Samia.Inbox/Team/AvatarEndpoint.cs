using Microsoft.Net.Http.Headers;

namespace Samia.Inbox.Team;

/// <summary>
/// <c>GET /avatars/{employeeId}?v=…</c>: the picture of an employee of one's own business. With its version in the
/// address a browser keeps it for good.
/// </summary>
internal static class AvatarEndpoint
{
    public static string AddressOf(Guid employeeId, string version) => $"/avatars/{employeeId}?v={version}";

    public static void MapAvatars(this WebApplication app) => app.MapGet("/avatars/{employeeId:guid}", FindAsync);

    private static async Task<IResult> FindAsync(
        Guid employeeId, string? v, Avatars avatars, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await avatars.FindAsync(employeeId, cancellationToken) is not { } avatar)
        {
            return Results.NotFound();
        }

        response.Headers.CacheControl = v == avatar.Version ? "private, max-age=31536000, immutable" : "private, no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.File(avatar.Content, avatar.ContentType, entityTag: new EntityTagHeaderValue($"\"{avatar.Version}\""));
    }
}
