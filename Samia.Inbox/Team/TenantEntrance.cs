using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Enters the signed-in employee's business in the scope of each request and of each circuit.</summary>
internal static class TenantEntrance
{
    public static void UseTenantOfRequest(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.User.HasBusiness)
        {
            var tenant = http.RequestServices.GetRequiredService<TenantContext>();
            tenant.Enter(http.User.BusinessId, http.User.EmployeeId);
            tenant.IpAddress = http.CallerAddress;
        }

        http.NoteCallerAddress();

        return next(http);
    });
}

/// <summary>Runs before the circuit's first component does.</summary>
internal sealed class TenantOfCircuit(AuthenticationStateProvider authentication, TenantContext tenant) : CircuitHandler
{
    public override int Order => -1;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        if (state.User.HasBusiness)
        {
            tenant.Enter(state.User.BusinessId, state.User.EmployeeId);
            tenant.IpAddress = state.User.CallerAddress;
        }

        if (state.User.HasSession)
        {
            ((CircuitAuthentication)authentication).Listen(state);
        }
    }
}
