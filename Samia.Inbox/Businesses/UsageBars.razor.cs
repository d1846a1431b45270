using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Businesses;

/// <summary>How much is used of each thing that a plan limits: a bar, the figures, and near the limit what to do.</summary>
public sealed partial class UsageBars
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<UsageOf> Limits { get; set; }

    /// <summary>It is not the business of whoever looks, so they are not told what to do. Default: false.</summary>
    [Parameter]
    public bool IsOfOther { get; set; }

    private string Figures(UsageOf limit) => limit.Limit switch
    {
        null => L["{0}, without limit", UsageFigures.Say(limit.Subject, limit.Used)],
        0 when limit.Used == 0 => L["not included"],
        { } most => L["{0} of {1}", UsageFigures.Say(limit.Subject, limit.Used), UsageFigures.Say(limit.Subject, most)],
    };

    private static string Filled(UsageOf limit) => Math.Min(limit.Percent ?? 0, 100).ToString(CultureInfo.InvariantCulture);

    private static string? ClassOf(UsageLevel level) => level switch
    {
        UsageLevel.UsedUp => "used-up",
        UsageLevel.NearlyUsedUp => "nearly",
        _ => null,
    };
}
