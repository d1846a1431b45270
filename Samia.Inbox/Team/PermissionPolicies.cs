using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Makes each permission the name of a policy, so that pages and endpoints say <c>[Authorize(Policy = …)]</c> and
/// <c>RequireAuthorization(…)</c> and are answered by the same <see cref="PermissionChecker"/> as services. Of several
/// with a bar between them, any one suffices.
/// </summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        PermissionsOf(policyName) is { } anyOf
            ? new AuthorizationPolicyBuilder().Combine(await GetDefaultPolicyAsync())
                .AddRequirements(new PermissionRequirement(anyOf)).Build()
            : await base.GetPolicyAsync(policyName);

    /// <returns>Null if it is the name of something else.</returns>
    public static IReadOnlyList<string>? PermissionsOf(string policyName) =>
        policyName.Split('|') is var names && names.All(Permissions.All.Contains) ? names : null;
}

internal sealed record PermissionRequirement(IReadOnlyList<string> AnyOf) : IAuthorizationRequirement;

internal sealed class PermissionHandler(PermissionChecker permissions, TenantContext tenant)
    : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (tenant.HasBusiness && (await permissions.ShownAsync(CancellationToken.None)).Intersect(requirement.AnyOf).Any())
        {
            context.Succeed(requirement);
        }
    }
}
