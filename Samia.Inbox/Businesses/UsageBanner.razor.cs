using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Businesses;

/// <summary>Tells whoever pays that something of the plan is used up, or nearly; nothing while all is well.</summary>
public sealed partial class UsageBanner
{
    /// <summary>As <see cref="UsageReports.AlarmsAsync"/> tells.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UsageOf> Alarms { get; set; }

    private bool IsUsedUp => Alarms.Any(a => a.Level == UsageLevel.UsedUp);

    // Of what is used up, if anything is: that is the more urgent.
    private string Names => string.Join(L[", "], Alarms
        .Where(a => !IsUsedUp || a.Level == UsageLevel.UsedUp).Select(a => UsageFigures.Name(a.Subject)));
}
