using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Samia.Inbox.Team;

/// <summary>
/// Says who uses a circuit. It asks again and again whether they still may, and makes them a stranger once they may
/// not, so that the page goes to the sign-in. A circuit is of one session for good: whoever reconnects to it with the
/// cookie of another is a stranger to it.
/// </summary>
internal sealed partial class CircuitAuthentication(
    ILoggerFactory loggers, Employments employments, IOptions<SignInOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers), IHostEnvironmentAuthenticationStateProvider
{
    private readonly ILogger _logger = loggers.CreateLogger<CircuitAuthentication>();
    private (bool Known, string? Session) _first;

    protected override TimeSpan RevalidationInterval => options.Value.RevalidateEvery;

    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> state) =>
        SetAuthenticationState(OnlyTheFirstAsync(state));

    protected override async Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        try
        {
            return await employments.CurrentAsync(user, cancellationToken) is { } current && current.Role == user.RoleName;
        }
        catch (Exception away) when (away is DbException or InvalidOperationException { InnerException: DbException })
        {
            // While the database is away it shows this circuit nothing either.
            LogNotChecked(away, user.EmployeeId);
            return true;
        }
    }

    private async Task<AuthenticationState> OnlyTheFirstAsync(Task<AuthenticationState> next)
    {
        var state = await next;
        var session = state.User.FindFirst(SignedInEmployee.SessionClaim)?.Value;
        _first = _first.Known ? _first : (true, session);
        return session == _first.Session ? state : new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()));
    }

    [LoggerMessage(EventId = 5008, Level = LogLevel.Warning, Message = "The sign-in of employee {EmployeeId} could not be checked")]
    private partial void LogNotChecked(Exception exception, Guid employeeId);
}
