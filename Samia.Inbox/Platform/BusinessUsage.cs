using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Shows the operator what a business uses of its plan. The figures are read as that business.</summary>
[RequiresPlatform]
[RequiresNoPermission("Only the operator: it asks PlatformGate.")]
public sealed class BusinessUsage(PlatformGate gate, IServiceProvider services)
{
    /// <param name="businessId">One that there is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<UsageReport> GetAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await gate.DemandAsync(cancellationToken);
        await using var scope = services.CreateTenantScope(businessId);
        return await scope.ServiceProvider.GetRequiredService<UsageReports>().OfBusinessAsync(cancellationToken);
    }
}
