using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>Where somebody who signs in goes next, or why they go nowhere, as a sentence for people.</summary>
public sealed record SignInStep(string? Address, string? Problem);

/// <summary>
/// What follows the right password: the second factor where there is one or has to be one, and then the business that
/// somebody acts for, or the choice of one.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class SignInSteps(
    UserManager<User> users, SignInSession session, Employments employments, SignInLog log, IStringLocalizer<Texts> texts)
{
    public static readonly string NoEmployment =
        Text.Key("Your sign-in is right, but no business lists you as an active employee. Ask an admin of your business.");

    /// <summary>The password was right. Who runs Samia itself needs a second factor, and is led to one if they have none.</summary>
    public async Task<SignInStep> AfterPasswordAsync(
        HttpContext http, User user, string? returnUrl, CancellationToken cancellationToken)
    {
        var person = new ProvenPerson(user.Id, user.SecurityStamp!, SignInProof.Password);
        if (!user.TwoFactorEnabled && await employments.OnPlatformAsync(user.Id, cancellationToken) is null)
        {
            return await EnterAsync(http, person, returnUrl, cancellationToken);
        }

        await session.AskForSecondStepAsync(http, person);
        return new((await HasSecondFactorAsync(user) ? SecondStepPage.Address : SetUpSecondStepPage.Address)
            + "?returnUrl=" + Uri.EscapeDataString(LocalUrl.Of(returnUrl)), null);
    }

    public async Task<bool> HasSecondFactorAsync(User user) =>
        user.TwoFactorEnabled || (await users.GetPasskeysAsync(user)).Count > 0;

    /// <summary>The person has proved all that they have to.</summary>
    public async Task<SignInStep> EnterAsync(
        HttpContext http, ProvenPerson person, string? returnUrl, CancellationToken cancellationToken)
    {
        var choices = await session.ChoicesOfAsync(person, cancellationToken);
        switch (choices)
        {
            case { Employments: [], Platform: null } when LocalUrl.Of(returnUrl) == InvitationPage.Address:
                await session.AskForBusinessAsync(http, person);
                return new(InvitationPage.Address, null);
            case { Employments: [], Platform: null }:
                return await NowhereAsync(person, cancellationToken);
            case { Employments: [_, _, ..] }:
                await session.AskForBusinessAsync(http, person);
                return new("/choose-business?returnUrl=" + Uri.EscapeDataString(LocalUrl.Of(returnUrl)), null);
            default:
                var only = choices.As(choices.Employments is [var place] ? place.EmployeeId : null)!;
                await session.EnterAsync(http, only, cancellationToken);
                return new(only.AddressFor(returnUrl), null);
        }
    }

    private async Task<SignInStep> NowhereAsync(ProvenPerson person, CancellationToken cancellationToken)
    {
        log.NowhereToWork(person.UserId);
        return new(null, await employments.OfPersonAsync(person.UserId, cancellationToken) switch
        {
            [] => texts.Say(NoEmployment),
            [var only] => texts["{0} is closed, so nobody can sign in to it any more.", only.BusinessName],
            _ => texts["All businesses that you work for are closed, so nobody can sign in to them."],
        });
    }
}
