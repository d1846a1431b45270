using Microsoft.AspNetCore.Components.Server.Circuits;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Says that an employee is there while their circuit is connected.</summary>
internal sealed class PresenceOfCircuit(NodeCircuits node, TenantContext tenant) : CircuitHandler
{
    private readonly Guid _id = Guid.CreateVersion7();

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // Whoever visits for support is nobody's colleague.
        if (tenant.EmployeeId is { } employee)
        {
            node.Up(_id, tenant.BusinessId, employee);
        }

        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        node.Down(_id);
        return Task.CompletedTask;
    }
}
