using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>
/// Checks a code of the authenticator app, or a recovery code in its place. A wrong one counts towards the lockout as a
/// wrong password does, and a right password does not wipe the count of somebody who has a second factor.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class SecondFactor(
    UserManager<User> users, OneTryAtATime tries, PasswordSignIn passwords, SignInLog log, IStringLocalizer<Texts> texts)
{
    public static readonly string WrongCode =
        Text.Key("This code is not right, or it was used already. Wait for the next one and check the clock of your phone.");

    /// <returns>A sentence for people; null if it is right.</returns>
    public Task<string?> TryCodeAsync(User user, string code, CancellationToken cancellationToken) =>
        TryAsync(user, () => users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, Plain(code)),
            texts.Say(WrongCode), cancellationToken);

    /// <summary>The code is used up by it.</summary>
    /// <returns>A sentence for people; null if it is right.</returns>
    public Task<string?> TryRecoveryCodeAsync(User user, string code, CancellationToken cancellationToken) =>
        TryAsync(user, async () => (await users.RedeemTwoFactorRecoveryCodeAsync(user, code.Trim().ToUpperInvariant())).Succeeded,
            texts["This recovery code is not right, or it was used already."], cancellationToken);

    /// <summary>A code of the app, which is six digits, or else a recovery code.</summary>
    /// <returns>A sentence for people; null if it is right.</returns>
    public Task<string?> TryEitherAsync(User user, string code, CancellationToken cancellationToken) =>
        Plain(code).All(char.IsAsciiDigit)
            ? TryCodeAsync(user, code, cancellationToken)
            : TryRecoveryCodeAsync(user, code, cancellationToken);

    /// <summary>As people type it: with spaces between.</summary>
    internal static string Plain(string code) => code.Replace(" ", "", StringComparison.Ordinal);

    private async Task<string?> TryAsync(
        User user, Func<Task<bool>> verify, string wrong, CancellationToken cancellationToken)
    {
        var (right, wasLockedOut, isLockedOut) = await tries.RunAsync(user, async () =>
        {
            if (await users.IsLockedOutAsync(user))
            {
                return (false, true, true);
            }

            var right = await verify();
            await (right ? users.ResetAccessFailedCountAsync(user) : users.AccessFailedAsync(user));
            return (right, false, await users.IsLockedOutAsync(user));
        }, cancellationToken);
        if (right)
        {
            return null;
        }

        if (isLockedOut)
        {
            return await passwords.LockedOutAsync(user, wasLockedOut, cancellationToken);
        }

        await log.RefusedAsync(user.Id, cancellationToken);
        return wrong;
    }
}
