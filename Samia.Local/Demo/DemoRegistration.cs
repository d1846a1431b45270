using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Businesses;
using Samia.Inbox.Team;

namespace Samia.Local.Demo;

/// <summary>Registers a demo business and one employee per role.</summary>
internal static class DemoRegistration
{
    /// <returns>The business's id.</returns>
    public static async Task<Guid> RegisterAsync(
        IServiceProvider services, DemoBusiness demo, CancellationToken cancellationToken)
    {
        var business = await services.GetRequiredService<BusinessRegistration>()
            .RegisterAsync(demo.Registration, cancellationToken);
        await using var scope = services.CreateAsyncScope();
        var employees = scope.ServiceProvider.GetRequiredService<EmployeeRegistration>();
        foreach (var (role, name) in demo.Employees)
        {
            await employees.RegisterAsync(business.Id,
                new NewEmployee(name, demo.EmailOf(role), role, DemoBusinesses.Password), cancellationToken);
        }

        return business.Id;
    }
}
