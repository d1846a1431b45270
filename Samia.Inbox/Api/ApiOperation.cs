using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api;

/// <summary>Adds to the description of an endpoint what holds for all of its kind: permission, headers, problems, examples.</summary>
internal sealed class ApiOperation(IStringLocalizer<Team.Texts> texts) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod!;
        var resource = metadata.OfType<VersionedResource>().FirstOrDefault();
        var isVersioned = resource is not null;
        operation.OperationId = NameOf(metadata.OfType<MethodInfo>().First());
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDocument.Token, context.Document)] = [] }];
        AddPermission(operation, metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().FirstOrDefault());
        if (operation.RequestBody?.Content is { } content && metadata.OfType<RequestExample>().FirstOrDefault() is { } example)
        {
            content["application/json"].Example = JsonNode.Parse(example.Json);
        }

        if (resource is not null)
        {
            AddVersion(operation, HttpMethods.IsGet(method), resource.IsWhole);
        }

        if (HttpMethods.IsPost(method))
        {
            AddHeader(operation, IdempotentPosts.Header, "Makes it safe to send the same request again: it is done once. Any text of yours, new for each request.", "order-1042");
        }

        foreach (var status in ProblemsOf(operation, context.Description.RelativePath!, method, isVersioned))
        {
            operation.Responses![((int)status).ToString(CultureInfo.InvariantCulture)] = ProblemResponse(status, context.Document!);
        }

        return Task.CompletedTask;
    }

    // LabelEndpoints.CreateAsync is labels_create.
    private static string NameOf(MethodInfo handler)
    {
        var resource = handler.DeclaringType!.Name.Replace("Endpoints", "");
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(resource) + "_"
            + JsonNamingPolicy.SnakeCaseLower.ConvertName(handler.Name.Replace("Async", ""));
    }

    private void AddPermission(OpenApiOperation operation, string? permission)
    {
        var needed = permission is null
            ? "Any token may do this."
            : permission == PlatformAccess.Policy ? "For the operator's own token alone."
            : $"Needs the permission `{permission}`: {Permissions.Of(permission).Sentence(texts)}";
        operation.Description = string.IsNullOrEmpty(operation.Description) ? needed : operation.Description + "\n\n" + needed;
    }

    private static void AddVersion(OpenApiOperation operation, bool isRead, bool isWhole)
    {
        if (isRead && isWhole)
        {
            AddHeader(operation, HeaderNames.IfNoneMatch, "An ETag: answers 304 if it is still that version.", "\"2f1\"");
            operation.Responses!["304"] = new OpenApiResponse { Description = "It is still the version that If-None-Match names." };
        }
        else if (!isRead)
        {
            AddHeader(operation, HeaderNames.IfMatch, "The ETag of the version that you have seen, or `*` for any.", "\"2f1\"", isRequired: true);
        }

        foreach (var response in operation.Responses!.Where(r => r.Key is "200" or "204").Select(r => r.Value).OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers["ETag"] = new OpenApiHeader { Description = "The version.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }

    private static void AddHeader(OpenApiOperation operation, string name, string description, string example, bool isRequired = false)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Description = description, Required = isRequired, Example = example,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        });
    }

    private static IEnumerable<HttpStatusCode> ProblemsOf(OpenApiOperation operation, string path, string method, bool isVersioned)
    {
        var (hasBody, hasParameters) = (operation.RequestBody is not null, operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true);
        var isChange = !HttpMethods.IsGet(method);
        return from answer in new (HttpStatusCode Status, bool Given)[]
            {
                (HttpStatusCode.BadRequest, hasBody || hasParameters), (HttpStatusCode.Unauthorized, true), (HttpStatusCode.Forbidden, true),
                (HttpStatusCode.NotFound, path.Contains('{')), (HttpStatusCode.Conflict, hasBody), (HttpStatusCode.PreconditionFailed, isChange && isVersioned),
                (HttpStatusCode.RequestEntityTooLarge, hasBody), (HttpStatusCode.UnsupportedMediaType, hasBody),
                (HttpStatusCode.UnprocessableEntity, hasBody || hasParameters), (HttpStatusCode.PreconditionRequired, isChange && isVersioned),
                (HttpStatusCode.TooManyRequests, true), (HttpStatusCode.InternalServerError, true),
            }
            where answer.Given
            select answer.Status;
    }

    private static OpenApiResponse ProblemResponse(HttpStatusCode status, OpenApiDocument document) => new()
    {
        Description = status switch
        {
            HttpStatusCode.BadRequest => "The request could not be read.",
            HttpStatusCode.Unauthorized => "There is no token, or it does not work any more.",
            HttpStatusCode.Forbidden => "The token lacks the permission, or the plan has no room for it (`limit_reached`).",
            HttpStatusCode.NotFound => "There is no such thing in this business.",
            HttpStatusCode.Conflict => "It collides with what is there, or the first request with this Idempotency-Key is still at work.",
            HttpStatusCode.PreconditionFailed => "Somebody changed it since: read it again.",
            HttpStatusCode.RequestEntityTooLarge => "The body is too large.",
            HttpStatusCode.UnsupportedMediaType => "The body is not JSON.",
            HttpStatusCode.UnprocessableEntity => "A value is wrong: `errors` says which. Or the Idempotency-Key was used for another request.",
            HttpStatusCode.PreconditionRequired => "If-Match is missing.",
            HttpStatusCode.TooManyRequests => "Too many requests in this minute: see Retry-After.",
            _ => "It failed on our side.",
        },
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ApiDocument.Problem, document) },
        },
    };
}
