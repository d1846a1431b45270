using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Makes each permission the name of a policy, so that pages and endpoints say <c>[Authorize(Policy = …)]</c> and
/// <c>RequireAuthorization(…)</c> and are answered by the same <see cref="PermissionChecker"/> as services.
/// </summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
{
    public override async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        Permissions.All.Contains(policyName)
            ? new AuthorizationPolicyBuilder().Combine(await GetDefaultPolicyAsync())
                .AddRequirements(new PermissionRequirement(policyName)).Build()
            : await base.GetPolicyAsync(policyName);
}

internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(PermissionChecker permissions, TenantContext tenant)
    : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(
        AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (tenant.HasBusiness && await permissions.MayAsync(requirement.Permission, CancellationToken.None))
        {
            context.Succeed(requirement);
        }
    }
}
