using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Samia.Inbox.Api;

/// <summary>
/// The description of the API: <c>/api/v1/openapi.json</c>, made of the endpoints themselves, and a page at
/// <c>/api/docs</c> that shows it. Both are open to anybody, as they hold nothing of a business.
/// </summary>
internal static class ApiDocument
{
    public const string Token = "token";
    public const string Problem = "Problem";
    private const string Address = ApiRoom.V1 + "/openapi.json";

    private const string Introduction = """
        Programs act for a business by an API token (Settings → API tokens), within the token's permissions:
        `Authorization: Bearer samia_…`.

        - **Lists** come in pages: follow `next` until it is null.
        - **Versions**: reading tells the `ETag`; whoever changes something sends it back as `If-Match`, so that nobody
          overwrites what they have not seen (412, or 428 without it). `If-None-Match` answers 304 if nothing has changed.
        - **Repeating**: a POST with an `Idempotency-Key` is done once. Sent again within 24 hours, it gets the same answer.
        - **Limits**: each token may make so many requests a minute, see `RateLimit-Limit`, `RateLimit-Remaining` and
          `RateLimit-Reset` (seconds). Beyond that the answer is 429 with `Retry-After`.
        - **Errors** are `application/problem+json`: `code` for programs, `detail` for people, `errors` by field.
        """;

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith(ApiRoom.V1[1..] + "/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) => Describe(document));
        options.AddOperationTransformer<ApiOperation>();
        options.AddSchemaTransformer((schema, context, _) => TellAllowedValues(schema, context));
    });

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi(Address).AllowAnonymous();
        app.MapScalarApiReference("/api/docs", page =>
        {
            page.Title = "Samia API";
            page.OpenApiRoutePattern = Address;
            page.Favicon = "/icons/samia.svg";
            // Nothing of it comes from, or goes to, anybody else.
            (page.DefaultFonts, page.Telemetry, page.HideClientButton) = (false, false, true);
            (page.ShowDeveloperTools, page.Agent, page.Mcp) = (DeveloperToolsVisibility.Never, new() { Disabled = true }, new() { Disabled = true });
        }).AllowAnonymous();
    }

    private static Task Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Samia API", Version = "v1", Description = Introduction };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.AddComponent<IOpenApiSecurityScheme>(Token, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token: samia_…",
        });
        document.AddComponent<IOpenApiSchema>(Problem, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "What went wrong (RFC 9457).",
            Required = new HashSet<string> { "status", "code", "detail" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For programs: stays the same when the words change." },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A sentence for people." },
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "What is wrong with each field or parameter.",
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            },
        });
        return Task.CompletedTask;
    }

    private static Task TellAllowedValues(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.ParameterDescription?.ParameterDescriptor is IParameterInfoParameterDescriptor parameter
            && parameter.ParameterInfo.GetCustomAttributes(typeof(AllowedValuesAttribute), false) is [AllowedValuesAttribute allowed])
        {
            schema.Enum = [.. allowed.Values.OfType<string>().Select(value => (JsonNode)JsonValue.Create(value))];
        }

        return Task.CompletedTask;
    }
}
