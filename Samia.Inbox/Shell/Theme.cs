namespace Samia.Inbox.Shell;

/// <summary>Which colours somebody wants; <c>System</c> is what their machine asks for.</summary>
public enum Theme { System, Light, Dark }

/// <summary>What a page knows of its colours when it is asked for, so that it need not change them before one's eyes.</summary>
/// <param name="MachineIsDark">As its script last told; false if it never did.</param>
public sealed record Look(Theme Theme, bool MachineIsDark)
{
    public bool IsDark => Theme == Theme.Dark || (Theme == Theme.System && MachineIsDark);

    /// <summary>For <c>data-theme</c>, on which samia.css decides; null leaves it to the machine.</summary>
    public string? Attribute => Theme switch { Theme.Light => "light", Theme.Dark => "dark", _ => null };
}
