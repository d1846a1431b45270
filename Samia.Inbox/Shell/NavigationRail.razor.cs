namespace Samia.Inbox.Shell;

/// <summary>The parts of Samia: at the side of a desktop, at the foot of a phone.</summary>
public sealed partial class NavigationRail
{
    private static bool IsInbox(string path) =>
        path.Length == 0 || path.StartsWith("conversations/", StringComparison.Ordinal);
}
