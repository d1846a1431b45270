using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Samia.Inbox.Api.V1;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Api;

internal static class ApiRoom
{
    public const string V1 = "/api/v1";

    /// <summary>In bytes: the longest prompt, in letters of four bytes, and some more.</summary>
    private const int MaxBodySize = 128 * 1024;

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddApiTokenAuthentication();
        builder.Services.Configure<OperatorTokenOptions>(builder.Configuration.GetSection(PlatformOptions.Section));
        builder.Services.AddApiDocument();
        builder.Services.AddScoped<ApiTokens>();
        builder.Services.AddSingleton<ApiRateLimit>();
        builder.Services.AddScoped<IdempotentRequests>();
        builder.Services.AddScoped<IdempotentPosts>();
        builder.Services.AddHostedService<IdempotentRequestCleanup>();
        builder.AddOutgoingWebhooks();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.RespectNullableAnnotations = true;
            // Letters of any language stay as they are; what would be dangerous within HTML does not.
            json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        });
        // What people read of an API's answers is a developer's log, whichever language their browser asks for.
        builder.Services.PostConfigure<RequestLocalizationOptions>(localization => localization.RequestCultureProviders.Insert(0,
            new CustomRequestCultureProvider(http => Task.FromResult(http.Request.IsForApi ? new ProviderCultureResult("en") : null))));
    }

    public static void MapApi(this WebApplication app)
    {
        app.UseWhen(http => http.Request.IsForApi, api => api.UseMiddleware<ApiRateLimit>().UseMiddleware<IdempotentPosts>());
        var v1 = app.MapGroup(V1).WithMetadata(new RequestSizeLimitAttribute(MaxBodySize)).WithValidation();
        app.MapApiDocument();
        v1.MapBusiness();
        v1.MapBusinesses();
        v1.MapEmployees();
        v1.MapInvitations();
        v1.MapRoles();
        v1.MapCustomers();
        v1.MapConversations();
        v1.MapMessages();
        v1.MapNotes();
        v1.MapAssignments();
        v1.MapLabels();
        v1.MapCannedResponses();
        v1.MapPrompts();
        v1.MapWebhooks();
    }
}
