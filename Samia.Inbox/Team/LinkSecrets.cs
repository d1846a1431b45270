using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Samia.Inbox.Team;

/// <summary>
/// A link of an e-mail holds a secret. The first look at it takes the secret out of the address, into a cookie, and leads
/// on to a page whose address says nothing, so that it is neither in a log nor in the browser's history nor in a trace.
/// </summary>
internal static class LinkSecrets
{
    /// <summary>Of an invitation: whose business, which one, and the secret.</summary>
    public const string InvitationScheme = "samia-invitation";

    /// <summary>Of a forgotten password: whose, and the token.</summary>
    public const string PasswordScheme = "samia-new-password";

    private const string SecretClaim = "samia:secret";

    public static void MapLinkSecrets(this WebApplication app)
    {
        app.MapGet("/invitation/{business:guid}/{id:guid}/{secret}", (HttpContext http, Guid business, Guid id, string secret) =>
            KeepAsync(http, InvitationScheme, InvitationPage.Address, [business.ToString(), id.ToString(), secret])).AllowAnonymous();
        app.MapGet("/new-password/{person:guid}/{token}", (HttpContext http, Guid person, string token) =>
            KeepAsync(http, PasswordScheme, NewPasswordPage.Address, [person.ToString(), token])).AllowAnonymous();
    }

    /// <summary>Whether the address of a request holds a secret.</summary>
    public static bool AreIn(PathString path) => path.StartsWithSegments("/invitation") || path.StartsWithSegments("/new-password");

    /// <summary>The parts of the link that this browser opened, in the order of its address; none if it opened none.</summary>
    public static async Task<string[]> ReadAsync(HttpContext http, string scheme) =>
        (await http.AuthenticateAsync(scheme)).Principal?.FindAll(SecretClaim).Select(c => c.Value).ToArray() ?? [];

    public static Task ForgetAsync(HttpContext http, string scheme) => http.SignOutAsync(scheme);

    private static async Task<IResult> KeepAsync(HttpContext http, string scheme, string page, string[] parts)
    {
        await http.SignInAsync(scheme, new ClaimsPrincipal(new ClaimsIdentity(parts.Select(p => new Claim(SecretClaim, p)), scheme)));
        return Results.LocalRedirect("~" + page);
    }
}
