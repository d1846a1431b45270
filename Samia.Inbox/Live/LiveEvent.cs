namespace Samia.Inbox.Live;

/// <summary>
/// Something committed that screens of one business may show. It names what changed; who shows it reads it again.
/// </summary>
/// <param name="BusinessId">Whose event it is.</param>
/// <param name="Sequence">Counts the business's events without a gap, in the order of their commits.</param>
/// <param name="ConversationIds">The conversations whose row or thread changed.</param>
/// <param name="BusinessChanged">The business itself changed, such as its sending being paused.</param>
public sealed record LiveEvent(
    Guid BusinessId, long Sequence, IReadOnlyList<Guid> ConversationIds, bool BusinessChanged)
{
    /// <summary>The employees of whom something changed that colleagues see, such as being online, or who may no longer sign in.</summary>
    public IReadOnlyList<Guid> ColleagueIds { get; init; } = [];

    /// <summary>Events were missed: whatever a screen shows may be stale and is to be read again.</summary>
    public bool MissedSome { get; init; }

    /// <summary>
    /// What somebody may see or do changed: a role, whose role it is, or who is in a team. Whoever shows something asks
    /// again what may be shown.
    /// </summary>
    public bool PermissionsChanged { get; init; }

    public static LiveEvent Missed(Guid businessId) => new(businessId, 0, [], true) { MissedSome = true };
}
