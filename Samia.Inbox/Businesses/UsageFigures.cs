using System.Globalization;
using Microsoft.Extensions.Localization;
using Samia.Inbox.Shell;

namespace Samia.Inbox.Businesses;

/// <summary>Says amounts of usage as people do, in the current culture.</summary>
public static class UsageFigures
{
    private const long Megabyte = 1_000_000;
    private static readonly IStringLocalizer L = Text.Of<Texts>();

    /// <summary>What people call it.</summary>
    public static string Name(UsageSubject subject) => subject switch
    {
        UsageSubject.Employees => L["Employees"],
        UsageSubject.Conversations => L["Conversations"],
        UsageSubject.AiReplies => L["AI replies"],
        UsageSubject.TranscriptionSeconds => L["Transcription"],
        _ => L["Storage"],
    };

    /// <summary>What happens at the limit, and what to do about it.</summary>
    public static string Advice(UsageSubject subject) => subject switch
    {
        UsageSubject.Employees => L["Deactivate somebody, revoke an invitation or choose a larger plan to invite more people."],
        UsageSubject.Conversations => L["Customers always reach you, and you can answer them. At the limit no conversation can be begun from here until the month is over or you have a larger plan."],
        UsageSubject.AiReplies => L["At the limit the assistant rests and your team answers by hand, until the month is over or you have a larger plan."],
        UsageSubject.TranscriptionSeconds => L["At the limit voice messages can be heard but are not transcribed, until the month is over or you have a larger plan."],
        _ => L["Customers' files always arrive. At the limit you can add none; delete what you no longer need, or choose a larger plan."],
    };

    /// <summary>With its unit where it has one.</summary>
    public static string Say(UsageSubject subject, long amount) => subject switch
    {
        UsageSubject.TranscriptionSeconds => L["{0} min", Number(amount / 60)],
        UsageSubject.StorageBytes => Bytes(amount),
        _ => Number(amount),
    };

    /// <summary>In megabytes of 1,000,000 bytes, and from a thousand of them on in gigabytes.</summary>
    public static string Bytes(long bytes) => bytes >= 1_000 * Megabyte
        ? L["{0} GB", Short(bytes / (1_000m * Megabyte))]
        : L["{0} MB", Short(bytes / (decimal)Megabyte)];

    public static string Day(DateOnly day) => day.ToString("d MMMM", CultureInfo.CurrentCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    // Never more than there is: 999.96 MB is not 1,000 MB.
    private static string Short(decimal number) => (Math.Floor(number * 10) / 10).ToString("#,0.#", CultureInfo.CurrentCulture);
}
