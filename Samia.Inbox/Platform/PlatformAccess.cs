using System.Security.Claims;

namespace Samia.Inbox.Platform;

/// <summary>
/// Who runs Samia itself: their sign-in cookie names them as a platform employee, beside the business for which they
/// act or without one. It never does so before a second factor was given.
/// </summary>
public static class PlatformAccess
{
    /// <summary>The policy of what is the operator's alone. Such pages and endpoints need no business.</summary>
    public const string Policy = "platform";

    public const string Claim = "samia:platform";

    /// <summary>Where somebody arrives who works for no business.</summary>
    public const string Home = "/platform";

    extension(ClaimsPrincipal user)
    {
        public bool IsPlatform => user.HasClaim(c => c.Type == Claim);

        /// <summary>Null for everybody else.</summary>
        public Guid? PlatformEmployeeId =>
            Guid.TryParse(user.FindFirst(Claim)?.Value, out var id) ? id : null;
    }
}
