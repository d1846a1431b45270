using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>How a worker acts for a business: a scope of its own, entered before anything is resolved from it.</summary>
public static class TenantScopes
{
    public static AsyncServiceScope CreateTenantScope(
        this IServiceProvider services, Guid businessId, Guid? employeeId = null)
    {
        var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantContext>().Enter(businessId, employeeId);
        return scope;
    }
}
