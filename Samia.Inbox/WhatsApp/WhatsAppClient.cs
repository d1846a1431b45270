using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Polly;
using Samia.Data;
using Samia.Inbox.Conversations;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Calls the Cloud API once per call. It never repeats one, because the API has no idempotency key: whoever calls
/// decides, by whether an answer was lost.
/// </summary>
public sealed class WhatsAppClient(HttpClient http, IOptions<WhatsAppOptions> options)
{
    /// <summary>Sends a message, with its id as <c>biz_opaque_callback_data</c> so that statuses tell which it is.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the message may have been sent.</exception>
    public Task<CloudApiAnswer> SendAsync(
        CloudApiNumber from, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["messaging_product"] = "whatsapp", ["recipient_type"] = "individual" };
        body[message.To.WaId is null ? "recipient" : "to"] = message.To.WaId ?? message.To.Bsuid;
        if (message.ReplyToWamid is { } wamid)
        {
            body["context"] = new JsonObject { ["message_id"] = wamid };
        }

        body["biz_opaque_callback_data"] = message.Id.ToString();
        body["type"] = "text";
        body["text"] = new JsonObject
        {
            ["preview_url"] = message.Body.Contains("https://", StringComparison.OrdinalIgnoreCase)
                || message.Body.Contains("http://", StringComparison.OrdinalIgnoreCase),
            ["body"] = message.Body,
        };
        return PostMessageAsync(from, body, answer => answer.Each("messages").FirstOrDefault().Text("id") is { } id
            ? new CloudApiAccepted(id)
            : null, cancellationToken);
    }

    /// <summary>Tells WhatsApp that the customer's message, and all before it, were read. May be repeated.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<CloudApiAnswer> MarkReadAsync(CloudApiNumber from, string wamid, CancellationToken cancellationToken) =>
        PostMessageAsync(from,
            new JsonObject { ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = wamid },
            _ => new CloudApiAccepted(null), cancellationToken);

    private async Task<CloudApiAnswer> PostMessageAsync(
        CloudApiNumber from, JsonObject body, Func<JsonElement, CloudApiAccepted?> accepted,
        CancellationToken cancellationToken)
    {
        // A header with other characters would be refused with its value in the exception.
        if (from.AccessToken.Length == 0 || !from.AccessToken.All(c => c is > ' ' and <= '~'))
        {
            return new CloudApiRefused(new CloudApiError(401, 190, "The stored access token has characters that no token has."));
        }

        using var content = new OnceOnlyContent(JsonSerializer.SerializeToUtf8Bytes(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.EndpointOf(from.PhoneNumberId, "messages"));
        request.Content = content;
        request.Headers.Authorization = new("Bearer", from.AccessToken);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            return response.IsSuccessStatusCode
                ? accepted(answer) ?? (CloudApiAnswer)new CloudApiUnanswered("An answer without the message's id.")
                : ReadError(response, answer);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && exception is HttpRequestException or OperationCanceledException or ExecutionRejectedException or IOException)
        {
            var reason = exception.GetBaseException().GetType().Name
                + (exception is HttpRequestException { HttpRequestError: var error } ? $" ({error})" : "");
            return content.HasLeft ? new CloudApiUnanswered(reason) : new CloudApiNotCalled(reason);
        }
    }

    private static CloudApiAnswer ReadError(HttpResponseMessage response, JsonElement answer)
    {
        var error = answer.At("error");
        if (!error.Exists && (int)response.StatusCode == StatusCodes.Status504GatewayTimeout)
        {
            return new CloudApiUnanswered("A gateway had no answer either.");
        }

        return new CloudApiRefused(new CloudApiError(
            (int)response.StatusCode,
            int.TryParse(error.Text("code"), CultureInfo.InvariantCulture, out var code) ? code : null,
            error.Text("error_data", "details") ?? error.Text("message"),
            error.At("is_transient").ValueKind == JsonValueKind.True,
            error.Text("fbtrace_id"),
            response.Headers.RetryAfter?.Delta));
    }

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
