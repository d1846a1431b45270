using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Samia.Inbox.Api;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Api;

/// <summary>Walks all that the application serves, pages and programs' addresses alike.</summary>
public sealed class EndpointPermissionTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    // An address that asks for no permission. A new line here is a decision: say why.
    private static readonly Dictionary<string, string> NeedsNoPermission = new()
    {
        ["/"] = "whoever may not see conversations is told so where the list would be",
        ["/conversations/{ConversationId:guid}"] = "as above",
        ["/settings"] = "a menu, which shows everybody what is theirs",
        ["/sign-in"] = "nobody is signed in yet",
        ["/choose-business"] = "who chooses has no business yet",
        ["/sign-out"] = "everybody may leave",
        ["/language"] = "a stranger chooses a language too",
        ["/problem/{Code:int}"] = "says that something was refused",
        ["/not-found"] = "says that there is nothing",
        ["/{**path:file}"] = "says that there is no such file",
        ["/health/live"] = "a balancer asks",
        ["/health/ready"] = "a balancer asks",
        ["/webhooks/whatsapp"] = "WhatsApp signs what it sends",
        ["/hubs/inbox"] = "the hub closes on whoever is not signed in; its events hold ids alone",
        ["/hubs/inbox/negotiate"] = "as above",
        ["/_blazor"] = "a circuit, whose services ask",
        ["/_blazor/negotiate"] = "as above",
        ["/_blazor/disconnect"] = "as above",
        ["/_blazor/initializers"] = "the framework's script",
        ["/_framework/opaque-redirect"] = "the framework's",
        ["/api/v1/business"] = "any token may know whose it is",
        ["/api/v1/token"] = "any token may know what it may do",
        ["/api/v1/openapi.json"] = "describes the API and holds nothing of a business",
        ["/api/docs/{documentName?}"] = "shows that description",
        ["/api/docs/favicon.svg"] = "as above",
        ["/api/docs/scalar.js"] = "as above",
        ["/api/docs/scalar.aspnetcore.js"] = "as above",
    };

    private IEnumerable<RouteEndpoint> Endpoints => running.Inbox.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    [Fact]
    public void Every_address_asks_for_a_permission_or_says_why_not()
    {
        var open = Endpoints.Where(e => !AsksForPermission(e)).Select(AddressOf).Distinct().Except(NeedsNoPermission.Keys).Order();
        Assert.True(!open.Any(), string.Join('\n', open));
    }

    [Fact]
    public void Every_allowance_is_needed_still() =>
        Assert.Empty(NeedsNoPermission.Keys.Except(Endpoints.Where(e => !AsksForPermission(e)).Select(AddressOf)));

    [Fact]
    public void What_changes_something_asks_for_the_version_or_says_why_not()
    {
        var offenders = ApiEndpoints().Where(e => MethodOf(e) is "PUT" or "PATCH" or "DELETE"
            && e.Metadata.GetMetadata<VersionedResource>() is null && e.Metadata.GetMetadata<Unversioned>() is null);
        Assert.Empty(offenders.Select(AddressOf));
        Assert.True(ApiEndpoints().Count() > 30, "The walk sees too few addresses.");
    }

    private IEnumerable<RouteEndpoint> ApiEndpoints() => Endpoints.Where(e => AddressOf(e).StartsWith(ApiRoom.V1, StringComparison.Ordinal));

    private static bool AsksForPermission(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        && endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy?.Split('|').All(Permissions.All.Contains) == true);

    private static string? MethodOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0];

    private static string AddressOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');
}
