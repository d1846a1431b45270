using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Samia.Data;
using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary>As what somebody may sign in.</summary>
/// <param name="Person">Null if nobody is known.</param>
/// <param name="Employments">In businesses that are open, in the order of their names.</param>
/// <param name="Platform">Null unless they run Samia itself and gave a second factor.</param>
public sealed record SignInChoices(ProvenPerson? Person, IReadOnlyList<Employment> Employments, PlatformPlace? Platform)
{
    /// <summary>A business, or the platform alone; null if the person may not be that.</summary>
    public SignedInPerson? As(Guid? employeeId)
    {
        var place = Employments.FirstOrDefault(e => e.EmployeeId == employeeId);
        return Person is not null && (place is not null || (employeeId is null && Platform is not null))
            ? new SignedInPerson(Person, place, Platform) : null;
    }
}

/// <summary>Begins and ends sessions: sets and removes the cookies of one browser.</summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class SignInSession(OpenSessions sessions, Employments employments, SignInLog log)
{
    private static readonly SignInChoices Nobody = new(null, [], null);

    /// <summary>Signs in. The browser acts for one business at a time: an earlier session of it ends.</summary>
    public async Task EnterAsync(HttpContext http, SignedInPerson person, CancellationToken cancellationToken)
    {
        if (http.User.HasSession)
        {
            // Once the browser has the new cookie: the page that asked would hear that its session ended, go to the
            // sign-in, and so give up waiting for the answer.
            var (userId, sessionId) = (http.User.UserId, http.User.SessionId);
            http.Response.OnCompleted(() => sessions.EndAsync(userId, sessionId, CancellationToken.None));
        }

        var session = await sessions.OpenAsync(
            person.Person.UserId, http.Request.Headers.UserAgent, http.CallerAddress, cancellationToken);
        await SetCookieAsync(http, person.ToPrincipal(session));
        await http.SignOutAsync(SignInCookie.ChoosingScheme);
        await http.SignOutAsync(SignInCookie.SecondStepScheme);
        await log.SignedInAsync(person, cancellationToken);
    }

    /// <summary>Goes on with this session after the person's security stamp changed, which ended all that had the old one.</summary>
    /// <param name="http">Of this session.</param>
    /// <param name="user">With the new stamp.</param>
    /// <param name="proof">What they gave just now; null if that is what they signed in with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task StayAsync(HttpContext http, User user, SignInProof? proof, CancellationToken cancellationToken)
    {
        var stamped = new ProvenPerson(user.Id, user.SecurityStamp!, proof ?? http.User.Proven.Proof);
        var place = (await employments.OfPersonAsync(user.Id, cancellationToken))
            .FirstOrDefault(e => http.User.IsEmployee && e.EmployeeId == http.User.EmployeeId);
        var platform = stamped.HasSecondFactor ? await employments.OnPlatformAsync(user.Id, cancellationToken) : null;
        if (place is not null || platform is not null)
        {
            await SetCookieAsync(http, new SignedInPerson(stamped, place, platform).ToPrincipal(http.User.SessionId));
        }

        await sessions.EndAllAsync(user.Id, http.User.SessionId, cancellationToken);
    }

    /// <summary>Goes on with this session within a business that somebody of the platform visits, or without it again.</summary>
    /// <param name="http">Of the browser.</param>
    /// <param name="visit">Null to leave.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task VisitAsync(HttpContext http, SupportStay? visit, CancellationToken cancellationToken)
    {
        if (await employments.CurrentAsync(http.User, http.CallerAddress, cancellationToken) is { Platform: not null } person)
        {
            await SetCookieAsync(http, (person with { Employment = null, Visit = visit }).ToPrincipal(http.User.SessionId));
        }
    }

    /// <summary>Remembers for some minutes who gave the right password, until they give the second factor.</summary>
    public Task AskForSecondStepAsync(HttpContext http, ProvenPerson person) =>
        RememberAsync(http, SignInCookie.SecondStepScheme, person);

    /// <summary>Who gave the right password some minutes ago and has yet to give the second factor; null for nobody.</summary>
    public async Task<ProvenPerson?> AtSecondStepAsync(HttpContext http, CancellationToken cancellationToken) =>
        (await http.AuthenticateAsync(SignInCookie.SecondStepScheme)).Principal?.Proven is { } person
            && await employments.IsOfTodayAsync(person, cancellationToken) ? person : null;

    /// <summary>Remembers for some minutes who somebody is, until they choose a business.</summary>
    public async Task AskForBusinessAsync(HttpContext http, ProvenPerson person)
    {
        await RememberAsync(http, SignInCookie.ChoosingScheme, person);
        await http.SignOutAsync(SignInCookie.SecondStepScheme);
    }

    /// <summary>As what this browser's person may sign in: after they proved who they are, or later to change over.</summary>
    public async Task<SignInChoices> ChoicesAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var known = http.User.HasSession ? http.User : (await http.AuthenticateAsync(SignInCookie.ChoosingScheme)).Principal;
        return known?.Proven is { } person && await employments.IsOfTodayAsync(person, cancellationToken)
            ? await ChoicesOfAsync(person, cancellationToken) : Nobody;
    }

    /// <summary>As what somebody may sign in who has just proved who they are.</summary>
    public async Task<SignInChoices> ChoicesOfAsync(ProvenPerson person, CancellationToken cancellationToken)
    {
        var places = await employments.OfPersonAsync(person.UserId, cancellationToken);
        return new SignInChoices(person, [.. places.Where(p => p.IsOpen)],
            person.HasSecondFactor ? await employments.OnPlatformAsync(person.UserId, cancellationToken) : null);
    }

    /// <summary>Ends the session for every tab and every copy of the cookie.</summary>
    public async Task LeaveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.User.HasSession)
        {
            var person = await employments.CurrentAsync(http.User, http.CallerAddress, cancellationToken);
            if (await sessions.EndAsync(http.User.UserId, http.User.SessionId, cancellationToken) && person is not null)
            {
                await log.SignedOutAsync(person, cancellationToken);
            }
        }

        await http.SignOutAsync(SignInCookie.Scheme);
        await http.SignOutAsync(SignInCookie.ChoosingScheme);
        await http.SignOutAsync(SignInCookie.SecondStepScheme);
    }

    private static Task RememberAsync(HttpContext http, string scheme, ProvenPerson person) =>
        http.SignInAsync(scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, person.UserId.ToString()),
            new(SignedInEmployee.StampClaim, person.SecurityStamp),
            new(SignedInEmployee.ProofClaim, person.Proof.ToString()),
        ], scheme)));

    private static Task SetCookieAsync(HttpContext http, ClaimsPrincipal principal) =>
        http.SignInAsync(SignInCookie.Scheme, principal, new() { IsPersistent = true });
}
