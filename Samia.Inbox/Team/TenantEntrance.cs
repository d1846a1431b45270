using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Samia.Data;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary>
/// Enters the business of the employee who is signed in, of the API token or of the support visit, in the scope of each
/// request and each circuit.
/// </summary>
internal static class TenantEntrance
{
    public static void EnterAs(this TenantContext tenant, ClaimsPrincipal user)
    {
        if (user.ApiTokenId is { } token)
        {
            tenant.EnterByApiToken(user.BusinessId, token);
        }
        else if (user.VisitId is { } visit)
        {
            tenant.EnterForSupport(user.BusinessId, visit);
        }
        else
        {
            tenant.Enter(user.BusinessId, user.EmployeeId);
        }
    }

    public static void UseTenantOfRequest(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.User.HasBusiness)
        {
            var tenant = http.RequestServices.GetRequiredService<TenantContext>();
            tenant.EnterAs(http.User);
            tenant.IpAddress = http.CallerAddress;
        }

        http.NoteCallerAddress();
        http.RequestServices.GetRequiredService<PlatformGate>().Enter(http.User);
        return next(http);
    });
}

/// <summary>Runs before the circuit's first component does.</summary>
internal sealed class TenantOfCircuit(
    AuthenticationStateProvider authentication, TenantContext tenant, PlatformGate platform) : CircuitHandler
{
    public override int Order => -1;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        if (state.User.HasBusiness)
        {
            tenant.EnterAs(state.User);
            tenant.IpAddress = state.User.CallerAddress;
        }

        platform.Enter(state.User);
        if (state.User.HasSession)
        {
            ((CircuitAuthentication)authentication).Listen(state);
        }
    }
}
