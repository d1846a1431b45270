using System.Globalization;
using System.Security.Claims;

namespace Samia.Inbox.Team;

/// <summary>Says as whom, and for which business, this screen acts.</summary>
public sealed partial class SignedInAs
{
    private static string Title(ClaimsPrincipal user) => $"{user.Identity!.Name}, {user.RoleName}, {user.BusinessName}";

    /// <summary>The first letters of the first and the last word, in any script.</summary>
    private static string Initials(ClaimsPrincipal user)
    {
        var words = (user.Identity!.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
