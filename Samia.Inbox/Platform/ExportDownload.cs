using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Makes a full export while somebody of the platform downloads it: nothing of it is kept here. It counts as made once
/// its last byte was written.
/// </summary>
[RequiresPlatform]
[RequiresNoPermission("Only the operator: each method asks PlatformGate.")]
public sealed class ExportDownload(
    PlatformGate gate, ExportTickets tickets, BusinessExport export, ExportRecord record, IStringLocalizer<Texts> texts)
{
    /// <returns>An address that works for some minutes and for whoever asks.</returns>
    public async Task<string> TicketAsync(Guid businessId, CancellationToken cancellationToken) =>
        tickets.AddressFor(await gate.DemandAsync(cancellationToken), businessId);

    /// <exception cref="PlatformException">The ticket is somebody else's or too old.</exception>
    internal async Task WriteAsync(
        Guid businessId, string? ticket, HttpResponse response, CancellationToken cancellationToken)
    {
        var actor = await gate.DemandAsync(cancellationToken);
        if (!tickets.Admits(ticket, actor, businessId))
        {
            throw new PlatformException(texts["This link has run out. Ask for the export again on the page of the business."]);
        }

        response.ContentType = "application/zip";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"samia-export-{businessId}.zip"),
        }.ToString();
        // A zip's entry writes its last few bytes synchronously when it is closed.
        if (response.HttpContext.Features.Get<IHttpBodyControlFeature>() is { } body)
        {
            body.AllowSynchronousIO = true;
        }

        using var sha256 = SHA256.Create();
        await using var hashed = new CryptoStream(response.Body, sha256, CryptoStreamMode.Write, leaveOpen: true);
        var manifest = await export.WriteAsync(businessId, hashed, cancellationToken);
        await hashed.FlushFinalBlockAsync(cancellationToken);
        await response.CompleteAsync();
        await record.NoteAsync(manifest, Convert.ToHexStringLower(sha256.Hash!), actor, CancellationToken.None);
    }
}

internal static class ExportEndpoint
{
    public static void MapExport(this WebApplication app) =>
        app.MapGet("/platform/businesses/{businessId:guid}/export", GetAsync).RequireAuthorization(PlatformAccess.Policy);

    private static async Task<IResult> GetAsync(
        Guid businessId, string? ticket, HttpResponse response, ExportDownload download, CancellationToken cancellationToken)
    {
        try
        {
            await download.WriteAsync(businessId, ticket, response, cancellationToken);
            return Results.Empty;
        }
        catch (PlatformException refused) when (!response.HasStarted)
        {
            return Results.Text(refused.Message, statusCode: StatusCodes.Status403Forbidden);
        }
    }
}
