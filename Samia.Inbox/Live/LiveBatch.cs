namespace Samia.Inbox.Live;

/// <summary>The live events of a short while, taken together.</summary>
/// <param name="ConversationIds">The conversations whose row or thread changed.</param>
/// <param name="BusinessChanged">The business itself changed.</param>
/// <param name="MissedSome">Whatever is shown may be stale, or not to be seen any more, and is to be read again.</param>
public sealed record LiveBatch(IReadOnlySet<Guid> ConversationIds, bool BusinessChanged, bool MissedSome)
{
    /// <summary>The employees of whom something changed that colleagues see.</summary>
    public IReadOnlySet<Guid> ColleagueIds { get; init; } = new HashSet<Guid>();

    /// <summary>What is shown of colleagues is to be read again.</summary>
    public bool ColleaguesChanged => MissedSome || BusinessChanged || ColleagueIds.Count > 0;

    public bool Concerns(Guid conversationId) => MissedSome || ConversationIds.Contains(conversationId);
}
