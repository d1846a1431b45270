using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>
/// Lets what a person chose follow them to every browser in which they sign in. It is kept among the claims of their
/// sign-in, because it is theirs and no business's.
/// </summary>
[RequiresNoPermission("A person chooses their own language and colours.")]
internal sealed class PersonalChoices(UserManager<User> users)
{
    // Somebody chose on the sign-in page: that is newer than what they chose before.
    private const string UnsavedCookie = "samia-unsaved";
    /// <summary>The type of the claim that holds the language which a person chose.</summary>
    public static string LanguageClaim { get; } = TypeOf(Languages.Choice);

    private static readonly PersonalChoice[] All = [Languages.Choice, Themes.Choice];

    /// <summary>Keeps a choice for the person; of a stranger, until they sign in.</summary>
    public async Task KeepAsync(HttpContext http, PersonalChoice choice, string value)
    {
        if (!http.User.HasSession)
        {
            http.Response.Cookies.Append(UnsavedCookie, "yes", new CookieOptions
            {
                HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
            });
        }
        else if (await users.FindByIdAsync(http.User.UserId.ToString()) is { } user)
        {
            await SaveAsync(user, await users.GetClaimsAsync(user), choice, value);
        }
    }

    /// <summary>The person has just signed in with this browser.</summary>
    public async Task FollowAsync(HttpContext http, Guid userId)
    {
        if (await users.FindByIdAsync(userId.ToString()) is not { } user)
        {
            return;
        }

        var kept = await users.GetClaimsAsync(user);
        var isNewer = http.Request.Cookies.ContainsKey(UnsavedCookie);
        http.Response.Cookies.Delete(UnsavedCookie);
        foreach (var choice in All)
        {
            if (isNewer && choice.ChosenIn(http) is { } chosen)
            {
                await SaveAsync(user, kept, choice, chosen);
            }
            else if (kept.FirstOrDefault(c => c.Type == TypeOf(choice)) is { } claim)
            {
                choice.Remember(http, claim.Value);
            }
        }
    }

    private async Task SaveAsync(User user, IList<Claim> kept, PersonalChoice choice, string value)
    {
        var claim = new Claim(TypeOf(choice), value);
        var before = kept.FirstOrDefault(c => c.Type == claim.Type);
        if (before?.Value != value)
        {
            await (before is null ? users.AddClaimAsync(user, claim) : users.ReplaceClaimAsync(user, before, claim));
        }
    }

    private static string TypeOf(PersonalChoice choice) => "samia:chose-" + choice.Name;
}
