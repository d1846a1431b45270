using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>What came of a password: the person, or a sentence for them.</summary>
public sealed record PasswordAttempt(User? User, string? Problem);

/// <summary>
/// Checks an e-mail and a password. An unknown e-mail gets the answer of a wrong password, after the same work, so that
/// nobody learns here who has a sign-in.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class PasswordSignIn(
    SignInManager<User> signIn, UserManager<User> users, OneTryAtATime tries, SignInLog log, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public static readonly string Wrong = Text.Key("The e-mail or the password is wrong.");

    private static readonly User Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<PasswordAttempt> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is { } user)
        {
            return await TryAsync(user, password, texts.Say(Wrong), cancellationToken) is { } problem ? new(null, problem) : new(user, null);
        }

        users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
        log.Unknown();
        return new(null, texts.Say(Wrong));
    }

    /// <summary>
    /// Asks somebody who is signed in for their password again, before something that matters, with the same lockout.
    /// Who has none is asked for nothing.
    /// </summary>
    /// <returns>A sentence for people; null if it is right.</returns>
    public Task<string?> AskAgainAsync(User user, string? password, CancellationToken cancellationToken) =>
        user.PasswordHash is null
            ? Task.FromResult<string?>(null)
            : TryAsync(user, password ?? "", texts["This is not the password that you have now."], cancellationToken);

    private async Task<string?> TryAsync(User user, string password, string wrong, CancellationToken cancellationToken)
    {
        var (wasLockedOut, result) = await tries.RunAsync(user, async () =>
            (await users.IsLockedOutAsync(user), await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true)),
            cancellationToken);
        if (result.Succeeded)
        {
            return null;
        }

        if (result.IsLockedOut)
        {
            return await LockedOutAsync(user, wasLockedOut, cancellationToken);
        }

        await log.RefusedAsync(user.Id, cancellationToken);
        return wrong;
    }

    /// <summary>Says until when somebody is locked out, and notes it.</summary>
    /// <param name="user">Who is.</param>
    /// <param name="already">Whether they were before this try.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<string> LockedOutAsync(User user, bool already, CancellationToken cancellationToken)
    {
        if (already)
        {
            log.StillLockedOut(user.Id);
        }
        else
        {
            await log.LockedOutAsync(user.Id, cancellationToken);
        }

        var end = await users.GetLockoutEndDateAsync(user) ?? time.GetUtcNow();
        var minutes = Math.Max(1, (int)Math.Ceiling((end - time.GetUtcNow()).TotalMinutes));
        return minutes == 1
            ? texts["Too many wrong tries, so this sign-in is locked until {0:HH:mm} UTC. Try again in 1 minute.", end.UtcDateTime]
            : texts["Too many wrong tries, so this sign-in is locked until {0:HH:mm} UTC. Try again in {1} minutes.", end.UtcDateTime, minutes];
    }
}
