using Samia.Data;

namespace Samia.Inbox.Businesses;

/// <summary>What a plan limits. Transcription in seconds, storage in bytes.</summary>
public enum UsageSubject { Employees, Conversations, AiReplies, TranscriptionSeconds, StorageBytes }

/// <summary>How much of a limit is used: from 80% on it is nearly used up, from 100% on used up.</summary>
public enum UsageLevel { Fine, NearlyUsedUp, UsedUp }

/// <summary>How much is used of one thing that the plan limits.</summary>
/// <param name="Used">In the subject's unit.</param>
/// <param name="Limit">In the same unit; null for no limit.</param>
public sealed record UsageOf(UsageSubject Subject, long Used, long? Limit)
{
    public UsageLevel Level => LevelOf(Used, Limit);

    /// <summary>In whole percent, rounded down; above 100 where more is used than the plan includes. Null for no limit.</summary>
    public long? Percent => Limit is > 0 ? Used * 100 / Limit : Limit is null ? null : Used > 0 ? 100 : 0;

    internal static UsageSubject SubjectOf(UsageMetric metric) => metric switch
    {
        UsageMetric.Conversations => UsageSubject.Conversations,
        UsageMetric.AiReplies => UsageSubject.AiReplies,
        UsageMetric.TranscriptionSeconds => UsageSubject.TranscriptionSeconds,
        _ => UsageSubject.StorageBytes,
    };

    internal static UsageLevel LevelOf(long used, long? limit) =>
        limit is null || used == 0 ? UsageLevel.Fine
        : used >= limit ? UsageLevel.UsedUp
        : used * 100 >= Usage.NearlyUsed * limit ? UsageLevel.NearlyUsedUp
        : UsageLevel.Fine;
}
