using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Samia.Local.Simulator;

/// <summary>One call of the Cloud API, past the token.</summary>
internal sealed record CloudApiCall(WhatsAppSimulator Simulator, SimulatedLine Line, HttpContext Http, JsonNode? Body)
{
    /// <summary>Set by a handler whose answer is to be lost.</summary>
    public bool LoseAnswer { get; set; }
}

/// <summary>
/// The part of the Cloud API that Samia calls. Every call passes here: token, misbehaviour, errors in Meta's words,
/// the log.
/// </summary>
internal static class CloudApi
{
    private const string Version = "/{version:regex(^v\\d)}";

    public static void MapCloudApi(this IEndpointRouteBuilder app, WhatsAppSimulator simulator)
    {
        // The id in a path is a number's, an account's or a file's; Meta tells them apart by looking, and so does this.
        app.MapPost(Version + "/{id}/messages", (HttpContext http, string id) =>
            RunAsync(simulator, http, simulator.FindLine(id), id, CloudApiMessages.SendAsync));
        app.MapPost(Version + "/{id}/media", (HttpContext http, string id) =>
            RunAsync(simulator, http, simulator.FindLine(id), id, CloudApiMedia.UploadAsync));
        app.MapGet(Version + "/{id}/message_templates", (HttpContext http, string id) =>
            RunAsync(simulator, http, simulator.Lines.FirstOrDefault(l => l.WabaId == id), id, CloudApiTemplates.ListAsync));
        app.MapGet(Version + "/{id}", (HttpContext http, string id) => simulator.FindLine(id) is { } line
            ? RunAsync(simulator, http, line, id, CloudApiTemplates.DescribeNumberAsync)
            : RunAsync(simulator, http, CloudApiMedia.LineOf(simulator, id, TokenOf(http)), id, c => CloudApiMedia.DescribeAsync(c, id)));
        app.MapDelete(Version + "/{id}", (HttpContext http, string id) =>
            RunAsync(simulator, http, CloudApiMedia.LineOf(simulator, id, TokenOf(http)), id, c => CloudApiMedia.DeleteAsync(c, id)));
        app.MapGet(CloudApiMedia.Path, (HttpContext http) => CloudApiMedia.DownloadAsync(simulator, http));
    }

    /// <summary>What every call meets before its handler: who calls, and how WhatsApp feels today.</summary>
    /// <exception cref="CloudApiException">The call goes no further.</exception>
    public static async Task PassAsync(WhatsAppSimulator simulator, HttpContext http, SimulatedLine? line, string id)
    {
        if (line is null)
        {
            throw new CloudApiException(TokenOf(http) is { } some && simulator.Lines.Any(l => l.Connection.WhatsApp.AccessToken == some)
                ? CloudApiError.NoSuchObject(id)
                : CloudApiError.WrongToken);
        }

        var switches = line.Misbehaviour;
        if (switches.Take(Misbehaviour.Outage))
        {
            throw new CloudApiException(new CloudApiError(503, 2, "Service temporarily unavailable"));
        }

        if (switches.Take(Misbehaviour.SlowAnswers))
        {
            await Task.Delay(simulator.Options.SlowAnswerTakes, http.RequestAborted);
        }

        if (TokenOf(http) != line.Connection.WhatsApp.AccessToken)
        {
            throw new CloudApiException(CloudApiError.WrongToken);
        }

        if (switches.Take(Misbehaviour.ExpiredToken))
        {
            throw new CloudApiException(CloudApiError.ExpiredToken);
        }

        if (switches.Take(Misbehaviour.ServerError))
        {
            throw new CloudApiException(CloudApiError.Server);
        }
    }

    private static async Task RunAsync(
        WhatsAppSimulator simulator, HttpContext http, SimulatedLine? line, string id, Func<CloudApiCall, Task<JsonNode>> handle)
    {
        var watch = Stopwatch.StartNew();
        JsonNode? body = null;
        var (status, answer, lost) = (200, (JsonNode?)null, false);
        try
        {
            body = await ReadAsync(http);
            await PassAsync(simulator, http, line, id);
            var call = new CloudApiCall(simulator, line!, http, body);
            answer = await handle(call);
            lost = call.LoseAnswer;
        }
        catch (CloudApiException refused)
        {
            (status, answer) = (refused.Error.HttpStatus, refused.Error.InAnswer());
        }

        simulator.Log.Add(new SimulatorLogEntry(0, simulator.Options.Time.GetUtcNow(), line?.PhoneNumberId, "call",
            $"{http.Request.Method} {http.Request.Path}", lost ? 0 : status, watch.ElapsedMilliseconds, body, answer));
        if (lost)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=UTF-8";
        await http.Response.WriteAsync(answer!.ToJsonString(), http.RequestAborted);
    }

    private static async Task<JsonNode?> ReadAsync(HttpContext http)
    {
        if (http.Request.Method != HttpMethods.Post || http.Request.HasFormContentType)
        {
            return null;
        }

        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException)
        {
            throw new CloudApiException(CloudApiError.Invalid("The request body is not a JSON object."));
        }
    }

    private static string? TokenOf(HttpContext http)
    {
        const string Bearer = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }
}
