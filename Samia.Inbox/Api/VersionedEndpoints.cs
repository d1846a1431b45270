using System.Globalization;
using Microsoft.Net.Http.Headers;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Api;

/// <summary>The endpoint shows or changes one row, the one that its parameter <c>id</c> names.</summary>
/// <param name="IsWhole">What is shown is of this row alone: as long as its version is the same, all of it is.</param>
internal sealed record VersionedResource(Type Entity, bool IsWhole);

/// <summary>A PUT, PATCH or DELETE that needs no <c>If-Match</c>, because it cannot overwrite anything.</summary>
internal sealed record Unversioned(string Reason);

/// <summary>
/// Optimistic concurrency by <c>ETag</c> (RFC 9110, section 13): reading tells the row's version, and whoever changes the
/// row has to say by <c>If-Match</c> which version they have seen. <c>If-None-Match</c> saves reading again what has not changed.
/// </summary>
internal static class VersionedEndpoints
{
    extension(RouteHandlerBuilder endpoint)
    {
        public RouteHandlerBuilder WithVersionOf<T>() where T : TenantEntity => endpoint.WithVersion(new VersionedResource(typeof(T), true));

        /// <summary>For what also shows something of other rows: it can be changed by its version, and has to be read again.</summary>
        public RouteHandlerBuilder WithVersionOfPart<T>() where T : TenantEntity => endpoint.WithVersion(new VersionedResource(typeof(T), false));

        private RouteHandlerBuilder WithVersion(VersionedResource resource) => endpoint.WithMetadata(resource)
            .AddEndpointFilter((context, next) => HttpMethods.IsGet(context.HttpContext.Request.Method)
                ? ReadAsync(context, next, resource)
                : ChangeAsync(context, next, resource.Entity));

        public RouteHandlerBuilder WithoutVersion(string reason) => endpoint.WithMetadata(new Unversioned(reason));
    }

    /// <summary>Answers with what was made, its address and its version.</summary>
    /// <param name="read">Reads it; after its version, so that it is at least as new.</param>
    public static async Task<IResult> CreatedAsync<T>(HttpContext http, string path, Guid id, Func<Task<object?>> read) where T : TenantEntity
    {
        var versions = http.RequestServices.GetRequiredService<RowVersions>();
        Tell(http, await versions.OfAsync<T>(id, http.RequestAborted));
        return TypedResults.Created(ApiRoom.V1 + path + "/" + id, await read());
    }

    private static async ValueTask<object?> ReadAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, VersionedResource resource)
    {
        var http = context.HttpContext;
        var version = await http.RequestServices.GetRequiredService<RowVersions>().OfAsync(resource.Entity, IdOf(http), http.RequestAborted);
        if (version is null)
        {
            return await next(context);
        }

        Tell(http, version);
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        var current = new EntityTagHeaderValue(TagOf(version.Value));
        return resource.IsWhole && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : await next(context);
    }

    private static async ValueTask<object?> ChangeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Type entity)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.ContainsKey(HeaderNames.IfMatch))
        {
            return ApiProblems.Of(StatusCodes.Status428PreconditionRequired, "version_required",
                "Say by If-Match which version you have seen: the ETag that came with it.");
        }

        var expected = http.RequestServices.GetRequiredService<ExpectedVersion>();
        var seen = http.Request.GetTypedHeaders().IfMatch;
        var any = seen.Any(tag => tag.Equals(EntityTagHeaderValue.Any));
        expected.Expect(entity, IdOf(http), any ? null : [.. seen.Where(tag => !tag.IsWeak).Select(VersionOf).OfType<uint>()]);
        var result = await next(context);
        if (result is IStatusCodeHttpResult { StatusCode: >= 400 })
        {
            return result;
        }

        if (!expected.WasAsked)
        {
            throw new InvalidOperationException($"The endpoint {http.Request.Path} changed something without a LiveTransaction.");
        }

        Tell(http, expected.Written);
        return result;
    }

    private static Guid IdOf(HttpContext http) =>
        Guid.TryParse(http.GetRouteValue("id") as string, out var id) ? id : Guid.Empty;

    private static void Tell(HttpContext http, uint? version)
    {
        if (version is not null)
        {
            http.Response.Headers.ETag = TagOf(version.Value);
        }
    }

    private static string TagOf(uint version) => string.Create(CultureInfo.InvariantCulture, $"\"{version:x}\"");

    private static uint? VersionOf(EntityTagHeaderValue tag) =>
        uint.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version) ? version : null;
}
