using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Samia.Inbox.Businesses;

/// <summary>What was used in each of some months: a chart for each thing that is counted, and a table for who cannot see it.</summary>
public sealed partial class UsageHistory
{
    private static readonly UsageSubject[] Subjects =
        [UsageSubject.Conversations, UsageSubject.AiReplies, UsageSubject.TranscriptionSeconds, UsageSubject.StorageBytes];

    /// <summary>The oldest first; the last one is under way.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<UsageMonth> Months { get; set; }

    private static string Name(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    // A language that does not shorten its months has no room for their names.
    private static string Short(DateOnly month) => month.ToString(
        CultureInfo.CurrentCulture.DateTimeFormat.AbbreviatedMonthNames.All(name => name.Length <= 4) ? "MMM" : "%M", CultureInfo.CurrentCulture);

    // What is not nothing can be seen.
    private static string HeightOf(long used, long most) => used == 0 ? "0"
        : string.Create(CultureInfo.InvariantCulture, $"max(3px, {Math.Max(1, used * 100 / most)}%)");
}
