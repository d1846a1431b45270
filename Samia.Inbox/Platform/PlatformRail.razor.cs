namespace Samia.Inbox.Platform;

/// <summary>The parts of the platform, in a colour that no business's inbox has.</summary>
public sealed partial class PlatformRail
{
    /// <summary>Whether an address is the operator's: without its first slash and its query.</summary>
    public static bool Covers(string path) => path == "platform" || path.StartsWith("platform/", StringComparison.Ordinal);

    private static bool IsPlans(string path) => path == "platform/plans";

    private static bool IsBusinesses(string path) => Covers(path) && !IsPlans(path);
}
