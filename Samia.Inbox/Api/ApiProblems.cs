using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Inbox.Businesses;
using Samia.Inbox.Conversations;
using Samia.Inbox.Live;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>
/// Whatever goes wrong below <c>/api</c> is answered as <c>application/problem+json</c> (RFC 9457): <c>code</c> for
/// programs, <c>detail</c> in English for people, and <c>errors</c> by field where fields are wrong.
/// </summary>
internal static partial class ApiProblems
{
    /// <summary>Before everything that may refuse.</summary>
    public static void UseApiProblems(this WebApplication app) => app.UseWhen(http => http.Request.IsForApi, api =>
    {
        api.UseStatusCodePages(context => OfStatus(context.HttpContext, context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = http => OfException(http, http.Features.Get<IExceptionHandlerFeature>()!).ExecuteAsync(http),
            StatusCodeSelector = exception => OfException(exception)?.StatusCode ?? StatusCodes.Status500InternalServerError,
            SuppressDiagnosticsCallback = context => OfException(context.Exception) is not null,
            AllowStatusCode404Response = true,
        });
    });

    /// <param name="code">Stays the same when the words change.</param>
    /// <param name="detail">A sentence for people.</param>
    /// <param name="errors">What is wrong with each field, by its name in the request.</param>
    public static ProblemHttpResult Of(
        int status, string code, string detail, IReadOnlyDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails { Status = status, Detail = detail, Extensions = { ["code"] = code } };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }

        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not_found",
        $"There is no such {what} in this business.");

    /// <summary>For a status that was set without a body.</summary>
    public static ProblemHttpResult OfStatus(HttpContext http, int status) => status switch
    {
        StatusCodes.Status400BadRequest => Of(status, "bad_request", "The request could not be read."),
        StatusCodes.Status401Unauthorized => Of(status, "token_missing", "No API token was sent. It belongs into the header Authorization, after the word Bearer."),
        StatusCodes.Status403Forbidden => PermissionOf(http) is { } permission
            ? permission == PlatformAccess.Policy ? Of(status, "permission_missing", "Only the operator's own token may do this.")
            : OfPermission(permission, $"This API token does not hold the permission {permission}.")
            : Of(status, "permission_missing", "This API token may not do this."),
        StatusCodes.Status404NotFound => Of(status, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method_not_allowed", $"This address does not take {http.Request.Method}."),
        StatusCodes.Status413PayloadTooLarge => Of(status, "too_large", "The body is larger than this address takes."),
        StatusCodes.Status415UnsupportedMediaType => Of(status, "unsupported_media_type", "Send JSON: Content-Type: application/json."),
        _ => Of(status, "error", "The request could not be answered."),
    };

    private static ProblemHttpResult OfPermission(string permission, string detail)
    {
        var problem = Of(StatusCodes.Status403Forbidden, "permission_missing", detail);
        problem.ProblemDetails.Extensions["permission"] = permission;
        return problem;
    }

    private static ProblemHttpResult OfException(HttpContext http, IExceptionHandlerFeature failure)
    {
        if (OfException(failure.Error) is { } known)
        {
            return known;
        }

        var unknown = Of(StatusCodes.Status500InternalServerError, "internal_error",
            "Something went wrong on our side. Try again; if it stays so, tell us the traceId.");
        unknown.ProblemDetails.Extensions["traceId"] = Activity.Current?.Id ?? http.TraceIdentifier;
        return unknown;
    }

    /// <returns>Null if nobody meant it to happen.</returns>
    private static ProblemHttpResult? OfException(Exception exception) => exception switch
    {
        ApiException { Problem: var problem } => problem,
        StaleVersionException stale => Of(StatusCodes.Status412PreconditionFailed, "version_stale", stale.Message),
        ConflictException conflict => Of(StatusCodes.Status409Conflict, "conflict", conflict.Message),
        UsageLimitException refused => Of(StatusCodes.Status403Forbidden, "limit_reached", refused.Message),
        NotPermittedException refused => OfPermission(refused.Permission, refused.Message),
        NotPlatformException refused => Of(StatusCodes.Status403Forbidden, "permission_missing", refused.Message),
        PlatformException refused => Of(StatusCodes.Status409Conflict, "refused", refused.Message),
        TeamRefusedException refused => Of(StatusCodes.Status409Conflict, "refused", refused.Message),
        ConversationNotFoundException => NotFound("conversation"),
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => OfParameter(bad),
        BadHttpRequestException bad => OfStatus(new DefaultHttpContext(), bad.StatusCode),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => Unstorable(),
        DbUpdateException { InnerException: PostgresException inner } => OfException(inner),
        // Services say by it, without naming a parameter, what people are to change.
        ArgumentException { ParamName: null } invalid when invalid.GetType() == typeof(ArgumentException) =>
            Of(StatusCodes.Status422UnprocessableEntity, "invalid", invalid.Message),
        _ => null,
    };

    private static ProblemHttpResult Unstorable() => Of(StatusCodes.Status422UnprocessableEntity, "invalid",
        "A text holds a character that cannot be stored, such as U+0000.");

    private static ProblemHttpResult OfJson(JsonException json)
    {
        var field = json.Path?.TrimStart('$').TrimStart('.');
        return string.IsNullOrEmpty(field)
            ? Of(StatusCodes.Status400BadRequest, "not_json", "The body is not the JSON that this address takes.")
            : Of(StatusCodes.Status400BadRequest, "bad_request", $"The field '{field}' is unknown or has a value of the wrong kind.",
                new Dictionary<string, string[]> { [field] = ["It is unknown or has a value of the wrong kind."] });
    }

    private static ProblemHttpResult OfParameter(BadHttpRequestException bad)
    {
        if (FailedParameter().Match(bad.Message) is not { Success: true } match)
        {
            return Of(StatusCodes.Status400BadRequest, "bad_request", "The request could not be read.");
        }

        var name = JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value);
        return Of(StatusCodes.Status400BadRequest, "bad_request", $"The parameter '{name}' has a value of the wrong kind.",
            new Dictionary<string, string[]> { [name] = ["It has a value of the wrong kind."] });
    }

    private static string? PermissionOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy).OfType<string>().FirstOrDefault();

    // Failed to bind parameter "Nullable<int> limit" from "abc".
    [GeneratedRegex("parameter \"[^\"]* (?<name>\\w+)\" from")]
    private static partial Regex FailedParameter();
}
