namespace Samia.Inbox.Team;

/// <summary>Where to go after signing in: a stranger's link may name it, so it never leads to another site.</summary>
public static class LocalUrl
{
    /// <returns>The address if it is a path of this site, otherwise <c>/</c>.</returns>
    public static string Of(string? address) => address is ['/', ..] and not ['/', '/' or '\\', ..]
        && !address.Any(c => char.IsControl(c) || c == '\\') ? address : "/";
}
