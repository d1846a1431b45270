using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Samia.Tests.Api.Webhooks;

/// <summary>One call that reached the receiver.</summary>
public sealed record ReceivedCall(string Path, string Id, string Timestamp, string Signature, string ContentType, string Text)
{
    public JsonElement Body { get; } = JsonSerializer.Deserialize<JsonElement>(Text);

    public string Type => Body.GetProperty("type").GetString()!;

    public JsonElement Data => Body.GetProperty("data");

    /// <summary>As docs/API.md has receivers do it.</summary>
    public bool IsSignedBy(string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var expected = "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{Id}.{Timestamp}.{Text}")));
        return Signature.Split(' ').Contains(expected);
    }
}

/// <summary>A program of the business's own, which is told what happens: it notes each call and answers as told.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _closing = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<ReceivedCall> Calls { get; } = new();

    /// <summary>Decides what becomes of a call; by default it is answered 200.</summary>
    public Func<ReceivedCall, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Address => _app.Urls.First() + "/hook";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Map("/{**path}", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var headers = http.Request.Headers;
            var call = new ReceivedCall(http.Request.Path, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(),
                headers["webhook-signature"].ToString(), http.Request.ContentType ?? "", await reader.ReadToEndAsync(http.RequestAborted));
            receiver.Calls.Enqueue(call);
            await receiver.Answer(call, http);
        });
        await app.StartAsync();
        return receiver;
    }

    public IReadOnlyList<ReceivedCall> Of(string type) => [.. Calls.Where(c => c.Type == type)];

    /// <summary>An answer that never comes.</summary>
    public Task NeverAsync(HttpContext http) =>
        Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, http.RequestAborted).Token)
            .ContinueWith(_ => { }, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }
}
