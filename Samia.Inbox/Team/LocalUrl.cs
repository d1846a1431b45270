using Samia.Inbox.Platform;

namespace Samia.Inbox.Team;

/// <summary>Where to go after signing in: a stranger's link may name it, so it never leads to another site.</summary>
public static class LocalUrl
{
    // What somebody may see who acts for no business.
    private static readonly string[] WithoutBusiness = [PlatformAccess.Home, "/account"];

    /// <returns>The address if it is a path of this site, otherwise <c>/</c>.</returns>
    public static string Of(string? address) => address is ['/', ..] and not ['/', '/' or '\\', ..]
        && !address.Any(c => char.IsControl(c) || c == '\\') ? address : "/";

    /// <returns>The same, and the platform's first page in place of what is a business's for somebody who has none.</returns>
    public static string Of(string? address, bool hasBusiness) =>
        hasBusiness || WithoutBusiness.Any(area => IsWithin(Of(address), area)) ? Of(address) : PlatformAccess.Home;

    private static bool IsWithin(string address, string area) => address.StartsWith(area, StringComparison.Ordinal)
        && (address.Length == area.Length || address[area.Length] is '/' or '?');
}
