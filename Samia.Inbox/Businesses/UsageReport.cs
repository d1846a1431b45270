namespace Samia.Inbox.Businesses;

/// <summary>What a business's plan includes, and how much of it is used.</summary>
/// <param name="Price">Of the plan per month, without tax; null where it is agreed upon otherwise.</param>
/// <param name="Currency">An ISO 4217 code.</param>
/// <param name="Month">The billing month: its first day in the business's time zone.</param>
/// <param name="ResetsAt">When it ends, and what counts per month begins anew.</param>
/// <param name="TimeZone">The business's: an IANA name.</param>
/// <param name="Limits">One for each <see cref="UsageSubject"/>, in their order.</param>
/// <param name="History">The last twelve months, the oldest first and this one last.</param>
public sealed record UsageReport(
    string Plan, decimal? Price, string Currency, DateOnly Month, DateTimeOffset ResetsAt, string TimeZone,
    IReadOnlyList<UsageOf> Limits, IReadOnlyList<UsageMonth> History);

/// <summary>What was used in a month; of storage, what was stored at its end.</summary>
public sealed record UsageMonth(DateOnly Month, long Conversations, long AiReplies, long TranscriptionSeconds, long StorageBytes)
{
    /// <summary>Of a subject that is counted by months.</summary>
    public long Of(UsageSubject subject) => subject switch
    {
        UsageSubject.Conversations => Conversations,
        UsageSubject.AiReplies => AiReplies,
        UsageSubject.TranscriptionSeconds => TranscriptionSeconds,
        UsageSubject.StorageBytes => StorageBytes,
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };
}
