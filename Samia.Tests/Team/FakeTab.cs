using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Samia.Inbox.Team;
using Samia.Tests.Support;

namespace Samia.Tests.Team;

/// <summary>A tab that an employee has open at a node: the circuit's handlers, without a browser.</summary>
internal sealed class FakeTab : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;

    private FakeTab(AsyncServiceScope scope) => _scope = scope;

    private PresenceOfCircuit Handler => _scope.ServiceProvider.GetServices<CircuitHandler>().OfType<PresenceOfCircuit>().Single();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FakeTab> OpenAsync(TestInbox node, TestBusiness business, string role)
    {
        var tab = new FakeTab(node.Services.CreateTenantScope(business.Id, business.EmployeeIds[role]));
        await tab.ConnectAsync();
        return tab;
    }

    public Task ConnectAsync() => Handler.OnConnectionUpAsync(null!, Cancellation);

    /// <summary>It is closed, or the network is away.</summary>
    public Task LoseAsync() => Handler.OnConnectionDownAsync(null!, Cancellation);

    public ValueTask DisposeAsync() => _scope.DisposeAsync();
}
