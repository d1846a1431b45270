using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary>
/// Everything is closed unless it says <c>AllowAnonymous</c>, and asks for somebody who acts for a business unless it
/// says one of these policies.
/// </summary>
public static class SignedInPolicies
{
    /// <summary>Of what is a person's own, whichever business they act for, if any.</summary>
    public const string Person = "person";

    internal static void AddSignedInPolicies(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationHandler, BusinessHandler>();
        var employee = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new BusinessRequirement()).Build();
        services.AddAuthorizationBuilder().SetFallbackPolicy(employee).SetDefaultPolicy(employee)
            .AddPolicy(Person, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(PlatformAccess.Policy, policy => policy.RequireAuthenticatedUser().RequireClaim(PlatformAccess.Claim));
    }

    private sealed record BusinessRequirement : IAuthorizationRequirement;

    // The policy of a page stands beside the one that _Imports.razor gives to every page, so this one has to give way.
    private sealed class BusinessHandler : AuthorizationHandler<BusinessRequirement>
    {
        protected override Task HandleRequirementAsync(
            AuthorizationHandlerContext context, BusinessRequirement requirement)
        {
            if (context.User.HasBusiness || IsOfCircuit(context) || AskedOf(context.Resource).Any(a => a.Policy is Person or PlatformAccess.Policy))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }

        // A circuit is opened by whoever is signed in; within it the router asks for each page.
        private static bool IsOfCircuit(AuthorizationHandlerContext context) =>
            context.Resource is HttpContext http && context.User.HasSession && http.Request.Path.StartsWithSegments("/_blazor");

        private static IEnumerable<IAuthorizeData> AskedOf(object? resource) => resource switch
        {
            HttpContext http => http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? [],
            Microsoft.AspNetCore.Components.RouteData page => page.PageType.GetCustomAttributes<AuthorizeAttribute>(),
            _ => [],
        };
    }
}
