using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>
/// Has a circuit's sign-in checked as soon as its employee changes, so that somebody who is deactivated sees nothing
/// for longer than the news takes. Where the news is lost, <see cref="CircuitAuthentication"/> asks by itself.
/// </summary>
internal sealed partial class SignInOfCircuit(
    TenantContext tenant, LiveFeed feed, AuthenticationStateProvider authentication, ILogger<SignInOfCircuit> logger)
    : CircuitHandler, IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private IDisposable? _subscription;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (tenant.EmployeeId is { } employee && authentication is CircuitAuthentication circuitsOwn)
        {
            _subscription = feed.Subscribe(tenant.BusinessId, live =>
            {
                if (live.ColleagueIds.Contains(employee))
                {
                    _ = CheckAsync(circuitsOwn, employee);
                }
            });
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _closing.Cancel();
        _closing.Dispose();
    }

    // Not on Redis's reader, which waits for whoever is told.
    private Task CheckAsync(CircuitAuthentication circuitsOwn, Guid employee) => Task.Run(async () =>
    {
        try
        {
            await circuitsOwn.CheckNowAsync(_closing.Token);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            LogUnchecked(exception, employee);
        }
    });

    [LoggerMessage(EventId = 5021, Level = LogLevel.Warning, Message = "The sign-in of employee {EmployeeId} could not be checked at once")]
    private partial void LogUnchecked(Exception exception, Guid employeeId);
}
