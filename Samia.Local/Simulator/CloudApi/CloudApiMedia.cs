using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Samia.Local.Simulator;

/// <summary>Files: upload, where to fetch one, and the bytes.</summary>
internal static class CloudApiMedia
{
    public const string Path = "/whatsapp_business/attachments";
    public const long MaxUpload = 110 * 1024 * 1024;
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan UrlLives = TimeSpan.FromMinutes(5);

    // "Supported media types": what may be sent as what, and how large it may be.
    private static readonly (string Type, string[] MimeTypes, int MaxBytes)[] Limits =
    [
        ("image", ["image/jpeg", "image/png"], 5 * Megabyte),
        ("video", ["video/mp4", "video/3gpp"], 16 * Megabyte),
        ("audio", ["audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg", "audio/opus"], 16 * Megabyte),
        ("sticker", ["image/webp"], Megabyte / 2),
        ("document",
        [
            "application/pdf", "text/plain", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ], 100 * Megabyte),
    ];

    public static bool Fits(string type, string mimeType) =>
        type == "document" || Limits.Any(l => l.Type == type && l.MimeTypes.Contains(Plain(mimeType)));

    /// <summary><c>POST /{version}/{phone-number-id}/media</c>, multipart.</summary>
    public static async Task<JsonNode> UploadAsync(CloudApiCall call)
    {
        if (!call.Http.Request.HasFormContentType)
        {
            throw new CloudApiException(CloudApiError.Invalid("The request must be multipart/form-data."));
        }

        var form = await call.Http.Request.ReadFormAsync(call.Http.RequestAborted);
        if (form["messaging_product"] != "whatsapp")
        {
            throw new CloudApiException(CloudApiError.Invalid("The parameter messaging_product is required."));
        }

        var file = form.Files.GetFile("file") ?? throw new CloudApiException(CloudApiError.Missing("file"));
        var mimeType = form["type"].ToString() is { Length: > 0 } given ? given : file.ContentType;
        var limit = Limits.FirstOrDefault(l => l.MimeTypes.Contains(Plain(mimeType)));
        if (limit.MimeTypes is null)
        {
            throw new CloudApiException(CloudApiError.Invalid(
                $"Param file must be a file with one of the following types: {string.Join(", ", Limits.SelectMany(l => l.MimeTypes))}. Received file of type '{mimeType}'."));
        }

        if (file.Length > limit.MaxBytes)
        {
            throw new CloudApiException(new CloudApiError(400, 131053, "Media upload error",
                $"A file of type {mimeType} may have {limit.MaxBytes} bytes; this one has {file.Length}."));
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, call.Http.RequestAborted);
        return new JsonObject { ["id"] = call.Line.Media.Add(mimeType, bytes.ToArray(), file.FileName).Id };
    }

    /// <summary><c>GET /{version}/{media-id}</c>.</summary>
    public static Task<JsonNode> DescribeAsync(CloudApiCall call, string id)
    {
        var media = call.Line.Media.Find(id) ?? throw new CloudApiException(CloudApiError.NoSuchObject(id));
        var expires = (call.Simulator.Options.Time.GetUtcNow() + UrlLives).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var url = new Uri(call.Simulator.Address, $"{Path}?mid={id}&ext={expires}&hash={Hash(call.Line, id, expires)}");
        return Task.FromResult<JsonNode>(new JsonObject
        {
            ["url"] = url.AbsoluteUri, ["mime_type"] = media.MimeType, ["sha256"] = media.Sha256Hex,
            ["file_size"] = media.Bytes.Length, ["id"] = id, ["messaging_product"] = "whatsapp",
        });
    }

    public static Task<JsonNode> DeleteAsync(CloudApiCall call, string id) => call.Line.Media.Remove(id)
        ? Task.FromResult<JsonNode>(new JsonObject { ["success"] = true })
        : throw new CloudApiException(CloudApiError.NoSuchObject(id));

    /// <summary>The number that has the file. Samples belong to all, so the token decides.</summary>
    public static SimulatedLine? LineOf(WhatsAppSimulator simulator, string mediaId, string? token)
    {
        var having = simulator.Lines.Where(l => l.Media.Find(mediaId) is not null).ToList();
        return having.Find(l => l.Connection.WhatsApp.AccessToken == token) ?? having.FirstOrDefault();
    }

    /// <summary>The bytes, for who has the address and the token, for five minutes.</summary>
    public static async Task DownloadAsync(WhatsAppSimulator simulator, HttpContext http)
    {
        var query = http.Request.Query;
        var (id, expires) = (query["mid"].ToString(), query["ext"].ToString());
        var line = simulator.Lines.FirstOrDefault(l => Hash(l, id, expires) == query["hash"]);
        try
        {
            await CloudApi.PassAsync(simulator, http, line, id);
        }
        catch (CloudApiException refused)
        {
            http.Response.StatusCode = refused.Error.HttpStatus;
            return;
        }

        if (line!.Media.Find(id) is not { } media
            || long.Parse(expires, CultureInfo.InvariantCulture) < simulator.Options.Time.GetUtcNow().ToUnixTimeSeconds())
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = media.MimeType;
        http.Response.ContentLength = media.Bytes.Length;
        await http.Response.Body.WriteAsync(media.Bytes, http.RequestAborted);
    }

    private static string Hash(SimulatedLine line, string id, string expires) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(line.Connection.WhatsApp.AppSecret), Encoding.UTF8.GetBytes($"{id}:{expires}")))[..32];

    private static string Plain(string mimeType) => mimeType.Split(';')[0].Trim().ToLowerInvariant();
}
