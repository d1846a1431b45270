using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Local.Demo;

/// <summary>Registers a demo business and one employee per role, each with their place.</summary>
internal static class DemoRegistration
{
    /// <returns>The business's id, and the employees' by role.</returns>
    public static async Task<(Guid BusinessId, IReadOnlyDictionary<string, Guid> Employees)> RegisterAsync(
        IServiceProvider services, DemoBusiness demo, CancellationToken cancellationToken)
    {
        var business = await services.GetRequiredService<BusinessRegistration>()
            .RegisterAsync(demo.Registration, cancellationToken);
        await using var scope = services.CreateAsyncScope();
        var employees = scope.ServiceProvider.GetRequiredService<EmployeeRegistration>();
        var ids = new Dictionary<string, Guid>();
        foreach (var (role, name) in demo.Employees)
        {
            ids[role] = await employees.RegisterAsync(business.Id,
                new NewEmployee(name, demo.EmailOf(role), role, DemoBusinesses.Password), cancellationToken);
        }

        if (demo.Team is { } team)
        {
            await team.ShapeAsync(services, business.Id, ids, cancellationToken);
        }

        return (business.Id, ids);
    }
}
