using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Team;

/// <summary>The cookies of signing in.</summary>
public static class SignInCookie
{
    /// <summary>Who is signed in, and for which business they act.</summary>
    public const string Scheme = "samia";

    /// <summary>Who proved who they are and has yet to choose a business.</summary>
    public const string ChoosingScheme = "samia-choosing";

    /// <summary>Who gave the right password and has yet to give the second factor.</summary>
    public const string SecondStepScheme = "samia-second-step";

    /// <summary>Of the cookie since it was last used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    private static readonly TimeSpan LinkPatience = TimeSpan.FromHours(1);
    private static readonly TimeSpan PasskeyPatience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMinutes(10);

    public static void AddSignInCookies(this IServiceCollection services)
    {
        services.AddScoped<SignInCookieEvents>();
        services.AddAuthentication(Scheme)
            .AddCookie(Scheme, cookie =>
            {
                Shape(cookie, Scheme, Lifetime);
                cookie.SlidingExpiration = true;
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = "returnUrl";
                cookie.EventsType = typeof(SignInCookieEvents);
            })
            // Identity keeps the challenge of a passkey in the cookie of this name. A page may be open for a while.
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => Shape(cookie, "samia-passkey", PasskeyPatience))
            .AddCookie(LinkSecrets.InvitationScheme, cookie => Shape(cookie, LinkSecrets.InvitationScheme, LinkPatience))
            .AddCookie(LinkSecrets.PasswordScheme, cookie => Shape(cookie, LinkSecrets.PasswordScheme, LinkPatience))
            .AddCookie(SecondStepScheme, cookie => Shape(cookie, SecondStepScheme, BetweenSteps))
            .AddCookie(ChoosingScheme, cookie => Shape(cookie, ChoosingScheme, BetweenSteps));
    }

    private static void Shape(CookieAuthenticationOptions options, string name, TimeSpan lifetime)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = lifetime;
        options.SlidingExpiration = false;
    }
}

/// <summary>Believes a cookie only for as long as the database agrees with it.</summary>
internal sealed class SignInCookieEvents(Employments employments, PersonalChoices choices) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // Files that anybody may have are asked for by the dozen.
        var http = context.HttpContext;
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return;
        }

        var user = context.Principal!;
        if (await employments.CurrentAsync(user, http.CallerAddress, http.RequestAborted) is not { } current)
        {
            context.RejectPrincipal();
            await http.SignOutAsync(SignInCookie.Scheme);
        }
        else if (!current.IsWordedAs(user))
        {
            context.ReplacePrincipal(current.ToPrincipal(user.SessionId));
            context.ShouldRenew = true;
        }
    }

    public override Task SignedIn(CookieSignedInContext context) =>
        choices.FollowAsync(context.HttpContext, context.Principal!.UserId);

    // To somebody who is signed in the sign-in page would say nothing.
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
