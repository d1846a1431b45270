using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Enters the business of the employee who is signed in, or of the API token, in the scope of each request and each circuit.</summary>
internal static class TenantEntrance
{
    public static void UseTenantOfRequest(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.User.HasBusiness)
        {
            var tenant = http.RequestServices.GetRequiredService<TenantContext>();
            if (http.User.ApiTokenId is { } token)
            {
                tenant.EnterByApiToken(http.User.BusinessId, token);
            }
            else
            {
                tenant.Enter(http.User.BusinessId, http.User.EmployeeId);
            }

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
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (user.HasBusiness)
        {
            tenant.Enter(user.BusinessId, user.EmployeeId);
            tenant.IpAddress = user.CallerAddress;
        }
    }
}
