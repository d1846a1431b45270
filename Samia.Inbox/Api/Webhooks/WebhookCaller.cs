using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>One call of an address.</summary>
/// <param name="Body">Byte for byte what is signed.</param>
internal sealed record WebhookCall(Guid Id, string Url, string Secret, string Body)
{
    /// <summary>Names it without its secret.</summary>
    public override string ToString() => $"Webhook call {Id}";
}

/// <summary>Why there was no answer.</summary>
internal enum WebhookCallError { TimedOut, AddressRefused, NameNotFound, NotSecure, NotConnected, Broken, SecretUnreadable }

/// <summary>How a call went: it was answered, or there is an error.</summary>
/// <param name="Body">The beginning of the answer.</param>
/// <param name="RetryAfter">What the answer asks for.</param>
internal sealed record WebhookAnswer(int? Status, string? Body, WebhookCallError? Error, TimeSpan Took, TimeSpan? RetryAfter = null)
{
    public bool IsDelivered => Status is >= 200 and < 300;

    /// <summary>The address says that nobody wants to hear anything any more.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}

/// <summary>Calls addresses of businesses. It never throws for what an address does.</summary>
internal sealed class WebhookCaller(HttpClient http, IOptions<WebhookOptions> options, TimeProvider time)
{
    /// <summary>Of an answer that is kept, in bytes.</summary>
    public const int KeptBytes = 4096;

    public async Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.Timeout);
        try
        {
            using var request = RequestOf(call);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var body = await BeginningAsync(response.Content, patience.Token);
            return new((int)response.StatusCode, body, null, watch.Elapsed, RetryAfterOf(response.Headers.RetryAfter));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return new(null, null, ErrorOf(exception), watch.Elapsed);
        }
    }

    private HttpRequestMessage RequestOf(WebhookCall call)
    {
        var (body, at) = (Encoding.UTF8.GetBytes(call.Body), time.GetUtcNow().ToUnixTimeSeconds());
        return new HttpRequestMessage(HttpMethod.Post, call.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json", "utf-8") } },
            Headers =
            {
                { "webhook-id", call.Id.ToString() },
                { "webhook-timestamp", at.ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", WebhookSecret.Sign(call.Secret, call.Id, at, body) },
            },
        };
    }

    private static async Task<string> BeginningAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(KeptBytes);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            var length = await stream.ReadAtLeastAsync(buffer.AsMemory(0, KeptBytes), KeptBytes, throwOnEndOfStream: false, cancellationToken);
            // Postgres keeps no NUL in a text.
            return Encoding.UTF8.GetString(buffer, 0, length).Replace('\0', '\uFFFD');
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - time.GetUtcNow();

    private static WebhookCallError ErrorOf(Exception exception) => exception switch
    {
        OperationCanceledException => WebhookCallError.TimedOut,
        { InnerException: AddressRefusedException } => WebhookCallError.AddressRefused,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => WebhookCallError.NameNotFound,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => WebhookCallError.NotSecure,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => WebhookCallError.NotConnected,
        _ => WebhookCallError.Broken,
    };
}
