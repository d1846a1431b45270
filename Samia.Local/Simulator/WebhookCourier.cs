using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Samia.Local.Simulator;

/// <summary>
/// Delivers webhooks, those of one phone in their order, and again with growing pauses until the inbox answers 200.
/// </summary>
internal sealed class WebhookCourier(SimulatorOptions options, SimulatorLog log) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = options.WebhookPatience };
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<SimulatedPhone, Channel<Delivery>> _lanes = new();
    private readonly ConcurrentBag<Task> _workers = [];
    private int _outstanding;

    /// <summary>The inbox's root.</summary>
    public Uri? InboxAddress { get; set; }

    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <param name="phone">Whose lane it goes.</param>
    /// <param name="what">For the log.</param>
    /// <param name="body">The webhook.</param>
    /// <returns>Completes when the inbox has accepted it.</returns>
    public Task Deliver(SimulatedPhone phone, string what, JsonObject body)
    {
        var delivery = new Delivery(what, body, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Increment(ref _outstanding);
        var lane = _lanes.GetOrAdd(phone, _ =>
        {
            var channel = Channel.CreateUnbounded<Delivery>();
            _workers.Add(Task.Run(() => WorkAsync(phone.Line, channel.Reader)));
            return channel;
        });
        lane.Writer.TryWrite(delivery);
        return delivery.Accepted.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers);
        _http.Dispose();
        _stopping.Dispose();
    }

    private async Task WorkAsync(SimulatedLine line, ChannelReader<Delivery> lane)
    {
        try
        {
            await foreach (var delivery in lane.ReadAllAsync(_stopping.Token))
            {
                if (line.Misbehaviour.IsOn(Misbehaviour.OutOfOrderDeliveries)
                    && await NextAsync(lane) is { } later && line.Misbehaviour.Take(Misbehaviour.OutOfOrderDeliveries))
                {
                    await DeliverAsync(line, later);
                    await DeliverAsync(line, delivery);
                    continue;
                }

                await DeliverAsync(line, delivery);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            while (lane.TryRead(out var left))
            {
                left.Accepted.TrySetCanceled();
            }
        }
    }

    private async Task<Delivery?> NextAsync(ChannelReader<Delivery> lane)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        patience.CancelAfter(options.OvertakenWithin);
        try
        {
            return await lane.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task DeliverAsync(SimulatedLine line, Delivery delivery)
    {
        var pause = options.FirstRedeliveryAfter;
        await line.Misbehaviour.OffAsync(Misbehaviour.Outage, _stopping.Token);
        while (!await TryAsync(line, delivery))
        {
            await Task.Delay(pause, _stopping.Token);
            pause = pause * 2 < options.LongestRedeliveryPause ? pause * 2 : options.LongestRedeliveryPause;
            await line.Misbehaviour.OffAsync(Misbehaviour.Outage, _stopping.Token);
        }

        if (line.Misbehaviour.Take(Misbehaviour.DuplicateDeliveries))
        {
            await TryAsync(line, delivery);
        }

        delivery.Accepted.TrySetResult();
        Interlocked.Decrement(ref _outstanding);
    }

    private async Task<bool> TryAsync(SimulatedLine line, Delivery delivery)
    {
        // Meta escapes slashes and everything that is not ASCII, so that only the bytes as sent can be verified.
        var bytes = Encoding.ASCII.GetBytes(delivery.Body.ToJsonString().Replace("/", "\\/", StringComparison.Ordinal));
        var watch = Stopwatch.StartNew();
        var (status, answer) = (0, (JsonNode?)null);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(InboxAddress
                ?? throw new HttpRequestException("The simulator was not told where the inbox is."), "/webhooks/whatsapp"));
            request.Content = new ByteArrayContent(bytes);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Hub-Signature-256", Sign(bytes, line.Connection.WhatsApp.AppSecret));
            request.Headers.UserAgent.ParseAdd("facebookexternalua");
            using var response = await _http.SendAsync(request, _stopping.Token);
            status = (int)response.StatusCode;
        }
        catch (Exception failed) when (failed is HttpRequestException
            || (failed is OperationCanceledException && !_stopping.IsCancellationRequested))
        {
            answer = failed.Message;
        }

        log.Add(new SimulatorLogEntry(0, options.Time.GetUtcNow(), line.PhoneNumberId, "webhook", delivery.What, status,
            watch.ElapsedMilliseconds, delivery.Body, answer));
        return status == 200;
    }

    private static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private sealed record Delivery(string What, JsonObject Body, TaskCompletionSource Accepted);
}
