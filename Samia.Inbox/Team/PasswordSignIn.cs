using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>What came of a try to sign in: a sentence for people, or the businesses that the person may enter.</summary>
public sealed record SignInAttempt(string? Problem, IReadOnlyList<Employment> Choices);

/// <summary>
/// Checks an e-mail and a password. An unknown e-mail gets the answer of a wrong password, after the same work, so that
/// nobody learns here who has a sign-in.
/// </summary>
public sealed class PasswordSignIn(
    SignInManager<User> signIn, UserManager<User> users, Employments employments, SignInLog log, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    public static readonly string Wrong = Text.Key("The e-mail or the password is wrong.");
    public static readonly string NoEmployment =
        Text.Key("Your password is right, but no business lists you as an active employee. Ask an admin of your business.");

    private static readonly User Nobody = new();
    private static readonly string NobodysHash = new PasswordHasher<User>().HashPassword(Nobody, Guid.NewGuid().ToString());

    public async Task<SignInAttempt> TryAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            users.PasswordHasher.VerifyHashedPassword(Nobody, NobodysHash, password);
            log.Unknown();
            return Refused(texts.Say(Wrong));
        }

        var wasLockedOut = await users.IsLockedOutAsync(user);
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        var places = await employments.OfPersonAsync(user.Id, cancellationToken);
        if (result.Succeeded)
        {
            return Choose(user, places);
        }

        if (!result.IsLockedOut)
        {
            await log.RefusedAsync(user.Id, places, cancellationToken);
            return Refused(texts.Say(Wrong));
        }

        if (wasLockedOut)
        {
            log.StillLockedOut(user.Id);
        }
        else
        {
            await log.LockedOutAsync(user.Id, places, cancellationToken);
        }

        return Refused(LockedOut(await users.GetLockoutEndDateAsync(user)));
    }

    private SignInAttempt Choose(User user, IReadOnlyList<Employment> places)
    {
        var open = places.Where(p => p.BusinessStatus == BusinessStatus.Active).ToList();
        if (open.Count > 0)
        {
            return new SignInAttempt(null, open);
        }

        log.NowhereToWork(user.Id);
        return Refused(places switch
        {
            [] => texts.Say(NoEmployment),
            [{ BusinessStatus: BusinessStatus.Closed } only] => texts["{0} is closed, so nobody can sign in to it any more.", only.BusinessName],
            [var only] => texts["{0} is suspended. Nobody can sign in to it until Samia's operator opens it again.", only.BusinessName],
            _ => texts["All businesses that you work for are suspended or closed, so nobody can sign in to them."],
        });
    }

    private string LockedOut(DateTimeOffset? until)
    {
        var end = until ?? time.GetUtcNow();
        var minutes = Math.Max(1, (int)Math.Ceiling((end - time.GetUtcNow()).TotalMinutes));
        return minutes == 1
            ? texts["Too many wrong passwords, so this sign-in is locked until {0:HH:mm} UTC. Try again in 1 minute.", end.UtcDateTime]
            : texts["Too many wrong passwords, so this sign-in is locked until {0:HH:mm} UTC. Try again in {1} minutes.", end.UtcDateTime, minutes];
    }

    private static SignInAttempt Refused(string problem) => new(problem, []);
}
