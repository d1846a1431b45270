using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>One bubble of a thread: a message, or an internal note. Ids are in the order of the thread.</summary>
public abstract record ThreadItem(Guid Id, Guid? EmployeeId, string Body, DateTimeOffset SentAt);

public sealed record ThreadNote(Guid Id, Guid? EmployeeId, string Body, DateTimeOffset SentAt)
    : ThreadItem(Id, EmployeeId, Body, SentAt);

public sealed record ThreadMessage(
    Guid Id, Guid? EmployeeId, string Body, DateTimeOffset SentAt, MessageDirection Direction, MessageAuthor Author,
    MessageKind Kind, MessageStatus Status) : ThreadItem(Id, EmployeeId, Body, SentAt)
{
    /// <summary>The message object of the Cloud API, as JSON.</summary>
    public string? Payload { get; init; }
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? ReadAt { get; init; }
    public string? ErrorText { get; init; }
    public string? CustomerReaction { get; init; }
    public string? BusinessReaction { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public QuotedMessage? ReplyTo { get; init; }
}

/// <summary>The message that another one answers.</summary>
/// <param name="Id">Null if it is not here, such as one from before the number was connected.</param>
public sealed record QuotedMessage(Guid? Id, string? Body, MessageKind? Kind, MessageDirection? Direction);
