using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Samia.Tests.WhatsApp;

/// <summary>One request that reached the server.</summary>
public sealed record CloudApiCall(string Path, string? Authorization, JsonElement Body)
{
    public string? Text => Body.TryGetProperty("text", out var text) ? text.GetProperty("body").GetString() : null;
    public bool IsReadReceipt => Body.TryGetProperty("status", out _);

    /// <summary>What we sent along: our message's id.</summary>
    public Guid OurId => Body.GetProperty("biz_opaque_callback_data").GetGuid();
}

/// <summary>
/// Stands where Meta's servers would, at the Cloud API's contract: it notes what it is asked and answers as told. By
/// default it accepts everything.
/// </summary>
internal sealed class CloudApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();

    private CloudApiServer(WebApplication app) => _app = app;

    public ConcurrentQueue<CloudApiCall> Calls { get; } = new();

    /// <summary>Decides what becomes of a call.</summary>
    public Func<CloudApiCall, HttpContext, Task> Answer { get; set; } = (call, http) => AcceptAsync(call, http);

    public Uri Address => new(_app.Urls.First());

    /// <summary>Goes with the server: for an answer that never comes.</summary>
    public CancellationToken Closing => _closing.Token;

    public static async Task<CloudApiServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new CloudApiServer(app);
        app.MapPost("/{**path}", async (HttpContext http) =>
        {
            var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            var call = new CloudApiCall(http.Request.Path, http.Request.Headers.Authorization, body.RootElement.Clone());
            server.Calls.Enqueue(call);
            await server.Answer(call, http);
        });
        await app.StartAsync();
        return server;
    }

    public IReadOnlyList<string?> Texts => [.. Calls.Where(c => !c.IsReadReceipt).Select(c => c.Text)];

    public static Task AcceptAsync(CloudApiCall call, HttpContext http, string? wamid = null) => call.IsReadReceipt
        ? http.Response.WriteAsJsonAsync(new { success = true })
        : http.Response.WriteAsJsonAsync(new
        {
            messaging_product = "whatsapp",
            contacts = new[] { new { input = "961", wa_id = "961" } },
            messages = new[] { new { id = wamid ?? Bodies.NewWamid() } },
        });

    public static Task RefuseAsync(HttpContext http, int code, int status = 400, string details = "details of Meta")
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new
        {
            error = new
            {
                message = $"(#{code}) title", type = "OAuthException", code, fbtrace_id = "trace",
                error_data = new { messaging_product = "whatsapp", details },
            },
        });
    }

    public Task NeverAsync(HttpContext http) =>
        Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(Closing, http.RequestAborted).Token)
            .ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>The connection breaks after the request was read.</summary>
    public static Task BreakAsync(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }
}
