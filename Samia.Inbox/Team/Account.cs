using Microsoft.AspNetCore.Identity;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>What people change about their sign-in. It is each person's own, so no permission is asked for.</summary>
[RequiresNoPermission("each person changes what is their own")]
public sealed class Account(
    UserManager<User> users, PasswordSignIn passwords, SignInSession session, OpenSessions sessions, SignInLog log)
{
    /// <summary>Changes the password, or sets the first one. Every other session of the person ends.</summary>
    /// <returns>A sentence for people; null if it is done.</returns>
    public async Task<string?> ChangePasswordAsync(
        HttpContext http, User user, string? current, string? wanted, CancellationToken cancellationToken)
    {
        if (await passwords.AskAgainAsync(user, current, cancellationToken) is { } problem)
        {
            return problem;
        }

        var result = user.PasswordHash is null
            ? await users.AddPasswordAsync(user, wanted ?? "")
            : await users.ChangePasswordAsync(user, current!, wanted ?? "");
        if (!result.Succeeded)
        {
            return result.ToSentence();
        }

        await session.StayAsync(http, user, null, cancellationToken);
        await log.ChangedAsync(user.Id, "employee.password_changed", cancellationToken);
        return null;
    }

    /// <summary>Ends one of the person's sessions, in another browser.</summary>
    public async Task EndSessionAsync(User user, Guid sessionId, CancellationToken cancellationToken)
    {
        if (await sessions.EndAsync(user.Id, sessionId, cancellationToken))
        {
            await log.ChangedAsync(user.Id, "employee.session_ended", cancellationToken);
        }
    }

    /// <summary>Ends all of the person's sessions, this one too, and whatever somebody has begun of a sign-in.</summary>
    public async Task EndEverywhereAsync(HttpContext http, User user, CancellationToken cancellationToken)
    {
        await users.UpdateSecurityStampAsync(user);
        await sessions.EndAllAsync(user.Id, null, cancellationToken);
        await log.ChangedAsync(user.Id, "employee.signed_out_everywhere", cancellationToken);
        await session.LeaveAsync(http, cancellationToken);
    }
}
