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
[RequiresNoPermission("It says who uses the circuit.")]
internal sealed class CircuitAuthentication(
    ILoggerFactory loggers, Employments employments, SignInChanges changes, IOptions<SignInOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers), IHostEnvironmentAuthenticationStateProvider
{
    private static readonly AuthenticationState Stranger = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly CancellationTokenSource _gone = new();
    private (bool Known, string? Session) _first;
    private IDisposable? _told;

    protected override TimeSpan RevalidationInterval => options.Value.RevalidateEvery;

    void IHostEnvironmentAuthenticationStateProvider.SetAuthenticationState(Task<AuthenticationState> state) =>
        SetAuthenticationState(OnlyTheFirstAsync(state));

    /// <summary>
    /// Begins to ask, again and again and whenever <see cref="SignInChanges"/> says so: for a circuit, but not for a
    /// request, whose user was checked as it began and may change their own sign-in by it.
    /// </summary>
    public void Listen(AuthenticationState state)
    {
        var gone = _gone.Token;
        _told ??= changes.Subscribe(state.User.UserId, () => _ = CheckNowAsync(state, gone));
    }

    /// <summary>
    /// What the person may do has changed, and perhaps what their role is called: whatever is shown by permission is
    /// shown anew.
    /// </summary>
    public async Task ShowAnewAsync(string? role)
    {
        var user = (await GetAuthenticationStateAsync()).User;
        if (user.HasBusiness)
        {
            SetAuthenticationState(Task.FromResult(new AuthenticationState(user.InRole(role))));
        }
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(
        AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        _told is null ? Task.FromResult(true) : employments.MayStayAsync(authenticationState.User, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _told?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
        base.Dispose(disposing);
    }

    private async Task<AuthenticationState> OnlyTheFirstAsync(Task<AuthenticationState> next)
    {
        var state = await next;
        var session = state.User.FindFirst(SignedInEmployee.SessionClaim)?.Value;
        _first = _first.Known ? _first : (true, session);
        return session == _first.Session ? state : Stranger;
    }

    private async Task CheckNowAsync(AuthenticationState state, CancellationToken cancellationToken)
    {
        // Off the thread that told us. What fails here is asked again in a moment anyway.
        await Task.Yield();
        if (!cancellationToken.IsCancellationRequested && !await ValidateAuthenticationStateAsync(state, cancellationToken))
        {
            SetAuthenticationState(Task.FromResult(Stranger));
        }
    }
}
