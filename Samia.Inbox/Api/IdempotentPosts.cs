using System.Security.Cryptography;
using System.Text;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> is done once: whoever sends it again within a day, because no answer came, gets
/// the first answer. What was refused changed nothing and is tried anew.
/// </summary>
internal sealed class IdempotentPosts(IdempotentRequests requests) : IMiddleware
{
    public const string Header = "Idempotency-Key";
    private const int MaxKeyLength = 255;
    private const int InMemory = 128 * 1024;

    /// <summary>
    /// For services that take a key of their own: the same for every request of the token with the same header, so that
    /// even a crash between doing and remembering makes nothing twice. Random where there is no header.
    /// </summary>
    public static Guid KeyOf(HttpContext http) => http.Request.Headers[Header].ToString() is { Length: > 0 } key
        ? new Guid(SHA256.HashData([.. http.User.ApiTokenId!.Value.ToByteArray(), .. Encoding.UTF8.GetBytes(key)]).AsSpan(0, 16))
        : Guid.NewGuid();

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.User.ApiTokenId is null
            || !http.Request.Headers.TryGetValue(Header, out var header))
        {
            await next(http);
            return;
        }

        var key = header.ToString();
        if (key.Length is 0 or > MaxKeyLength || key.Any(c => c is < '!' or > '~'))
        {
            await ApiProblems.Of(StatusCodes.Status400BadRequest, "idempotency_key_invalid",
                $"An Idempotency-Key has 1 to {MaxKeyLength} visible ASCII characters.").ExecuteAsync(http);
            return;
        }

        var claim = await requests.ClaimAsync(key, await HashAsync(http.Request, http.RequestAborted), http.RequestAborted);
        await (claim.State switch
        {
            IdempotencyState.Mine => DoAsync(http, next, claim.Kept!),
            IdempotencyState.Answered => RepeatAsync(http, claim.Kept!),
            IdempotencyState.Running => RefuseAsync(http),
            _ => ApiProblems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
                "This Idempotency-Key was used for another request. Take a new key for each new request.").ExecuteAsync(http),
        });
    }

    private async Task DoAsync(HttpContext http, RequestDelegate next, IdempotentRequest mine)
    {
        // Whoever hangs up now will ask again, and is to find it done.
        http.RequestAborted = CancellationToken.None;
        var connection = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        var done = false;
        try
        {
            await next(http);
            await http.Response.BodyWriter.FlushAsync(CancellationToken.None);
            done = http.Response.StatusCode is >= 200 and < 300;
        }
        finally
        {
            http.Response.Body = connection;
            await (done ? requests.AnswerAsync(mine, http.Response, answer.ToArray()) : requests.ForgetAsync(mine, CancellationToken.None));
        }

        await connection.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), CancellationToken.None);
    }

    private static async Task RepeatAsync(HttpContext http, IdempotentRequest kept)
    {
        http.Response.StatusCode = kept.Status!.Value;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        http.Response.ContentType = kept.ContentType;
        if (kept.Location is { Length: > 0 })
        {
            http.Response.Headers.Location = kept.Location;
        }

        if (kept.ETag is { Length: > 0 })
        {
            http.Response.Headers.ETag = kept.ETag;
        }

        if (kept.Response is { Length: > 0 } body)
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return ApiProblems.Of(StatusCodes.Status409Conflict, "request_running",
            "The first request with this Idempotency-Key is still at work. Ask again in a second.").ExecuteAsync(http);
    }

    private static async Task<byte[]> HashAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        request.EnableBuffering(InMemory);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        request.Body.Position = 0;
        var head = Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n");
        return SHA256.HashData([.. head, .. body.ToArray()]);
    }
}
