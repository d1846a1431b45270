using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Team;

namespace Samia.Local.Demo;

/// <summary>What an employee of the demo does.</summary>
/// <param name="Languages">Tags of those that they answer in.</param>
/// <param name="Teams">Names of those that they belong to.</param>
/// <param name="Capacity">Open conversations at a time; null for any number.</param>
public sealed record DemoPlace(string[] Languages, string[] Teams, int? Capacity);

/// <summary>The team of a demo business.</summary>
/// <param name="Teams">What each team is for, by its name.</param>
/// <param name="Places">By seeded role.</param>
/// <param name="Invited">Somebody who has not come yet: name and e-mail.</param>
public sealed record DemoTeam(
    IReadOnlyDictionary<string, string> Teams, IReadOnlyDictionary<string, DemoPlace> Places, (string Name, string Email) Invited)
{
    /// <summary>As the business's admin: makes the teams, and gives everybody their place.</summary>
    public async Task ShapeAsync(
        IServiceProvider services, Guid businessId, IReadOnlyDictionary<string, Guid> employeesByRole, CancellationToken cancellationToken)
    {
        await using var admin = services.CreateTenantScope(businessId, employeesByRole[SeededRoles.Admin]);
        var ids = new Dictionary<string, Guid>();
        foreach (var (name, description) in Teams)
        {
            ids[name] = await admin.ServiceProvider.GetRequiredService<Samia.Inbox.Team.Teams>()
                .CreateAsync(new TeamDetails(name, description, []), cancellationToken);
        }

        foreach (var (role, place) in Places)
        {
            var employee = (await admin.ServiceProvider.GetRequiredService<EmployeeDirectory>()
                .FindAsync(employeesByRole[role], cancellationToken))!;
            await admin.ServiceProvider.GetRequiredService<Employees>().ChangeAsync(employee.Id, new EmployeeDetails(
                employee.Name, employee.RoleId, [.. place.Teams.Select(t => ids[t])], place.Languages, place.Capacity), cancellationToken);
        }
    }

    /// <summary>As the business's manager: invites somebody, who finds the mail where this machine drops mails.</summary>
    public async Task InviteAsync(
        IServiceProvider services, Guid businessId, IReadOnlyDictionary<string, Guid> employeesByRole, CancellationToken cancellationToken)
    {
        await using var manager = services.CreateTenantScope(businessId, employeesByRole[SeededRoles.Manager]);
        var roles = await manager.ServiceProvider.GetRequiredService<RoleChoices>().AllAsync(cancellationToken);
        await manager.ServiceProvider.GetRequiredService<Inviting>().InviteAsync(new NewInvitation(
            Invited.Email, Invited.Name, roles.Single(r => r.Name == SeededRoles.Agent).Id, [], "en"), cancellationToken);
    }
}
