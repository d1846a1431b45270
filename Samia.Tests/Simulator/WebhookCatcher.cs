using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Samia.Tests.Simulator;

/// <summary>A webhook as it arrived.</summary>
internal sealed record CaughtWebhook(byte[] Bytes, string Signature, int Answer)
{
    public JsonNode Value => JsonNode.Parse(Bytes)!["entry"]![0]!["changes"]![0]!["value"]!;
    public JsonNode? Message => Value["messages"]?[0];
    public JsonNode? Status => Value["statuses"]?[0];
}

/// <summary>Stands where the inbox would and keeps what is delivered.</summary>
internal sealed class WebhookCatcher : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CaughtWebhook> _caught = new();
    private int _refusals;

    private WebhookCatcher(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());
    public IReadOnlyList<CaughtWebhook> Caught => [.. _caught];
    public IReadOnlyList<CaughtWebhook> Accepted => [.. _caught.Where(w => w.Answer == 200)];
    public IReadOnlyList<string> Statuses => [.. Accepted.Where(w => w.Status is not null).Select(w => (string)w.Status!["status"]!)];

    public static async Task<WebhookCatcher> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var catcher = new WebhookCatcher(app);
        app.MapPost("/webhooks/whatsapp", catcher.CatchAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return catcher;
    }

    /// <summary>Answers the next few with 500.</summary>
    public void Refuse(int times) => Interlocked.Exchange(ref _refusals, times);

    public void Clear() => _caught.Clear();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task<IResult> CatchAsync(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        var answer = Interlocked.Decrement(ref _refusals) >= 0 ? 500 : 200;
        _caught.Enqueue(new CaughtWebhook(bytes.ToArray(), request.Headers["X-Hub-Signature-256"].ToString(), answer));
        return Results.StatusCode(answer);
    }
}
