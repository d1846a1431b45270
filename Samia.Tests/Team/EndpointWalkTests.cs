using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox;
using Samia.Inbox.Platform;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>
/// Walks whatever a browser or a program can ask for: each endpoint, each page and each method of a hub names its
/// permission, or stands here with the reason why it needs none.
/// </summary>
public sealed class EndpointWalkTests(RunningInbox running) : IClassFixture<RunningInbox>
{
    // By route, of everybody who is signed in or of anybody at all. A new line is a decision: say why.
    private static readonly Dictionary<string, string> NeedsNone = new()
    {
        ["/"] = "where people land; what a role may not see its services refuse",
        ["/conversations/{ConversationId:guid}"] = "the same page",
        ["/not-found"] = "says that there is nothing",
        ["/problem/{Code:int}"] = "says what went wrong",
        ["/sign-in"] = "comes before any permission",
        ["/choose-business"] = "comes before any permission",
        ["/sign-in/second-step"] = "comes before any permission",
        ["/sign-in/set-up"] = "comes before any permission",
        ["/theme"] = "everybody may read in their colours",
        ["/settings/profile"] = "one's own name and picture",
        ["/forgotten-password"] = "comes before any permission",
        ["/new-password"] = "the link's token allows it",
        ["/new-password/{person:guid}/{token}"] = "takes a link's token out of the address",
        ["/invitation"] = "the link's secret allows it",
        ["/invitation/{business:guid}/{id:guid}/{secret}"] = "takes a link's secret out of the address",
        ["/passkeys/request-options"] = "comes before any permission",
        ["/passkeys/creation-options"] = "makes a passkey for whoever proved who they are",
        ["/sign-out"] = "everybody may leave",
        ["/language"] = "everybody may read in their language",
        ["/health/live"] = "says no more than the names of the checks",
        ["/health/ready"] = "says no more than the names of the checks",
        ["/webhooks/whatsapp"] = "signed by WhatsApp",
        ["/webhooks/stripe"] = "signed by Stripe",
        ["/avatars/{employeeId:guid}"] = "colleagues see each other",
        ["/api/v1/business"] = "whoever acts for a business may know its name",
        ["/api/v1/token"] = "a program may know what it may do",
        ["/api/v1/openapi.json"] = "describes the API, and holds nothing of a business",
        ["/api/docs/{documentName?}"] = "shows that description",
        ["/api/docs/favicon.svg"] = "as above",
        ["/api/docs/scalar.js"] = "as above",
        ["/api/docs/scalar.aspnetcore.js"] = "as above",
        ["/hubs/inbox"] = "asks for each connection what it may see",
        ["/hubs/inbox/negotiate"] = "asks for each connection what it may see",
    };

    // What the framework maps: files of the browser's side, and the circuit, whose pages are asked one by one.
    private static readonly string[] Frameworks = ["/_framework/", "/_blazor", "/_content/", "/css/", "/icons/", "/{**path:file}"];

    private IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. running.Inbox.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

    [Fact]
    public void Every_endpoint_and_page_names_its_permission_or_a_reason_why_it_needs_none()
    {
        var ours = Endpoints.Where(e => !IsFrameworks(e)).ToList();
        Assert.True(ours.Count > 10, $"Only {ours.Count} endpoints were found.");
        var open = ours.Where(e => !NamesPermission(e.Metadata)).Select(PathOf).Except(NeedsNone.Keys).Distinct();
        Assert.True(!open.Any(), string.Join('\n', open));
    }

    [Fact]
    public void Every_page_is_an_endpoint_so_that_none_is_missed()
    {
        var pages = typeof(SamiaInbox).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<RouteAttribute>()).Select(r => r.Template);
        Assert.Empty(pages.Except(Endpoints.Select(PathOf)));
    }

    [Fact]
    public void Every_reason_is_needed_still() => Assert.Empty(NeedsNone.Keys
        .Except(Endpoints.Where(e => !NamesPermission(e.Metadata)).Select(PathOf)));

    [Fact]
    public void Every_method_of_a_hub_that_a_client_can_call_names_its_permission()
    {
        var hubs = typeof(SamiaInbox).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(Hub))).ToList();
        Assert.NotEmpty(hubs);
        var open = hubs.SelectMany(h => h.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(m => m.GetBaseDefinition().DeclaringType == m.DeclaringType && !NamesPermission(m.GetCustomAttributes(true)));
        Assert.Empty(open.Select(m => $"{m.DeclaringType!.Name}.{m.Name}"));
        Assert.All(hubs, h => Assert.NotNull(h.GetCustomAttribute<AuthorizeAttribute>()));
    }

    [Fact]
    public async Task Every_permission_that_a_policy_names_exists()
    {
        var policies = running.Inbox.Get<IAuthorizationPolicyProvider>();
        var names = Endpoints.SelectMany(e => e.Metadata).Concat(PagesOf()).OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>();
        foreach (var name in names.Distinct())
        {
            Assert.True(await policies.GetPolicyAsync(name) is not null, name);
        }
    }

    [Fact]
    public void What_names_no_permission_is_caught()
    {
        Assert.False(NamesPermission([]));
        Assert.False(NamesPermission([new AuthorizeAttribute()]));
        Assert.False(NamesPermission([new AuthorizeAttribute("conversations.dance")]));
        Assert.True(NamesPermission([new AuthorizeAttribute(Permissions.Reply)]));
        Assert.True(NamesPermission([new AuthorizeAttribute(), new AuthorizeAttribute(Permissions.ViewSomeConversations)]));
        // Whoever says both is open to everybody: AllowAnonymous wins.
        Assert.False(NamesPermission([new AuthorizeAttribute(Permissions.Reply), new AllowAnonymousAttribute()]));
    }

    // The platform's rooms, and what is a person's own whatever their business, have policies of their own.
    private static bool NamesPermission(IEnumerable<object> metadata) =>
        !metadata.OfType<IAllowAnonymous>().Any()
        && metadata.OfType<IAuthorizeData>().Any(a => a.Policy is PlatformAccess.Policy or SignedInPolicies.Person
            || (a.Policy is { } policy && PermissionPolicies.PermissionsOf(policy) is not null));

    private static IEnumerable<object> PagesOf() =>
        typeof(SamiaInbox).Assembly.GetTypes().SelectMany(t => t.GetCustomAttributes<AuthorizeAttribute>());

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    // The browser's own files have no route pattern of ours: each is an endpoint with its name.
    private static bool IsFrameworks(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is not null
        || Array.Exists(Frameworks, f => PathOf(endpoint).StartsWith(f, StringComparison.Ordinal));
}
