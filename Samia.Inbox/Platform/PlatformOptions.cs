namespace Samia.Inbox.Platform;

/// <summary>The settings <c>Platform:*</c>: how often workers look.</summary>
public sealed class PlatformOptions
{
    public const string Section = "Platform";

    /// <summary>For businesses in which something has happened.</summary>
    public TimeSpan MeasureEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For closed businesses whose grace period is over.</summary>
    public TimeSpan DeleteEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>For support visits whose time is over. Their screens end by themselves.</summary>
    public TimeSpan EndVisitsEvery { get; set; } = TimeSpan.FromSeconds(10);
}
