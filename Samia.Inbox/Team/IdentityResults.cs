using Microsoft.AspNetCore.Identity;

namespace Samia.Inbox.Team;

internal static class IdentityResults
{
    /// <summary>Why Identity refused, for people: <see cref="SignInErrors"/> has their language.</summary>
    public static string ToSentence(this IdentityResult refused) =>
        string.Join(' ', refused.Errors.Select(e => e.Description).Distinct());
}
