using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>
/// A circuit's ear for changes of what its person may do. What was believed is forgotten at once; then the circuit is
/// given its authentication state anew, and with it whatever takes that as a cascading parameter asks again what to
/// show: <c>AuthorizeView</c>, pages with a policy, <see cref="IfPermitted"/>, and components that ask by themselves.
/// </summary>
[RequiresNoPermission("It asks what may be shown.")]
internal sealed partial class PermissionWatch(
    LiveFeed feed, LiveWatch watch, TenantContext tenant, PermissionChecker permissions,
    AuthenticationStateProvider authentication, ILogger<PermissionWatch> logger) : IDisposable
{
    private IDisposable? _ear;
    private HeldPermissions? _shown;

    /// <summary>Once, before the circuit's first component asks anything.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything else that listens in this circuit: what reads anew because of an event then asks anew.
        _ear = feed.Subscribe(tenant.BusinessId, live =>
        {
            if (live.PermissionsChanged || live.BusinessChanged || live.MissedSome)
            {
                permissions.Forget();
            }
        });
        watch.Start(ShowAsync);
        try
        {
            // Known before the first page is asked for, so that it does not wait for it.
            _shown = await permissions.HeldAsync(cancellationToken);
        }
        catch (Exception away) when (away is DbException or InvalidOperationException { InnerException: DbException })
        {
            LogNotRead(away, tenant.BusinessId);
        }
    }

    public void Dispose() => _ear?.Dispose();

    private async Task ShowAsync(LiveBatch batch)
    {
        // A suspension of the business takes something from everybody.
        if (!batch.MissedSome && !batch.BusinessChanged)
        {
            return;
        }

        var held = await permissions.HeldAsync(CancellationToken.None);
        if (_shown?.Same(held) != true)
        {
            _shown = held;
            await ((CircuitAuthentication)authentication).ShowAnewAsync(held.Role);
        }
    }

    [LoggerMessage(EventId = 5020, Level = LogLevel.Warning, Message = "What a circuit of business {BusinessId} may do could not be read yet")]
    private partial void LogNotRead(Exception exception, Guid businessId);
}

/// <summary>Starts each circuit's <see cref="PermissionWatch"/>, after its business was entered.</summary>
internal sealed class PermissionsOfCircuit(TenantContext tenant, PermissionWatch watch) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) =>
        tenant.HasBusiness ? watch.StartAsync(cancellationToken) : Task.CompletedTask;
}
