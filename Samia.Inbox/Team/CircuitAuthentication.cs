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
internal sealed class CircuitAuthentication(
    ILoggerFactory loggers, Employments employments, IOptions<SignInOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers), IHostEnvironmentAuthenticationStateProvider
{
    private (bool Known, string? Session) _first;

    protected override TimeSpan RevalidationInterval => options.Value.RevalidateEvery;

    /// <summary>Asks now, and does not wait for the next time.</summary>
    public async Task CheckNowAsync(CancellationToken cancellationToken)
    {
        var state = await GetAuthenticationStateAsync();
        if (state.User.HasBusiness && !await ValidateAuthenticationStateAsync(state, cancellationToken))
        {
            SetAuthenticationState(Task.FromResult(Stranger()));
        }
    }

    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> state) =>
        SetAuthenticationState(OnlyTheFirstAsync(state));

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        employments.MayStayAsync(authenticationState.User, cancellationToken);

    private async Task<AuthenticationState> OnlyTheFirstAsync(Task<AuthenticationState> next)
    {
        var state = await next;
        var session = state.User.FindFirst(SignedInEmployee.SessionClaim)?.Value;
        _first = _first.Known ? _first : (true, session);
        return session == _first.Session ? state : Stranger();
    }

    private static AuthenticationState Stranger() => new(new ClaimsPrincipal(new ClaimsIdentity()));
}
