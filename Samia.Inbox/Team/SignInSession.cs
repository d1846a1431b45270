using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Begins and ends sessions: sets and removes the cookies of one browser.</summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class SignInSession(
    OpenSessions sessions, Employments employments, SignInLog log)
{
    /// <summary>Signs in to one business. The browser acts for one business at a time: an earlier session of it ends.</summary>
    public async Task EnterAsync(HttpContext http, Employment employment, CancellationToken cancellationToken)
    {
        if (http.User.HasBusiness)
        {
            await sessions.EndAsync(http.User.UserId, http.User.SessionId, cancellationToken);
        }

        var session = await sessions.OpenAsync(employment.UserId, cancellationToken);
        await http.SignInAsync(SignInCookie.Scheme, employment.ToPrincipal(session), new() { IsPersistent = true });
        await http.SignOutAsync(SignInCookie.ChoosingScheme);
        await log.SignedInAsync(employment, cancellationToken);
    }

    /// <summary>Remembers for some minutes who gave the right password, until they choose a business.</summary>
    public Task AskForBusinessAsync(HttpContext http, Employment any) =>
        http.SignInAsync(SignInCookie.ChoosingScheme, new ClaimsPrincipal(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, any.UserId.ToString()),
            new(SignedInEmployee.StampClaim, any.SecurityStamp),
        ], SignInCookie.ChoosingScheme)));

    /// <summary>
    /// The businesses among which this browser's person may choose: after the password, or later to change over. Empty
    /// if nobody is known.
    /// </summary>
    public async Task<IReadOnlyList<Employment>> ChoicesAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var person = http.User.HasBusiness
            ? http.User
            : (await http.AuthenticateAsync(SignInCookie.ChoosingScheme)).Principal;
        if (person is null)
        {
            return [];
        }

        var places = await employments.OfPersonAsync(person.UserId, cancellationToken);
        return [.. places.Where(p => p.BusinessStatus == BusinessStatus.Active && p.SecurityStamp == person.SecurityStamp)];
    }

    /// <summary>Ends the session for every tab and every copy of the cookie.</summary>
    public async Task LeaveAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (http.User.HasBusiness)
        {
            var employment = await employments.CurrentAsync(http.User, cancellationToken);
            if (await sessions.EndAsync(http.User.UserId, http.User.SessionId, cancellationToken) && employment is not null)
            {
                await log.SignedOutAsync(employment, cancellationToken);
            }
        }

        await http.SignOutAsync(SignInCookie.Scheme);
        await http.SignOutAsync(SignInCookie.ChoosingScheme);
    }
}
