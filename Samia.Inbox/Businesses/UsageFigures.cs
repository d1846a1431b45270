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

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);

    // Never more than there is: 999.96 MB is not 1,000 MB.
    private static string Short(decimal number) => (Math.Floor(number * 10) / 10).ToString("#,0.#", CultureInfo.CurrentCulture);
}
