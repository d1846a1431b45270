using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>Who a webhook says somebody is. At least one of the two ids is present.</summary>
public sealed record CustomerIdentity(
    string? WaId, string? Bsuid, string? ParentBsuid = null, string? Username = null, string? ProfileName = null);

/// <summary>Something that a webhook tells about a conversation, understood.</summary>
/// <param name="Customer">Null for a status, which is found by its message.</param>
public abstract record IntakeEvent(CustomerIdentity? Customer);

/// <summary>A message to show: of the customer, of the owner's phone app, or of WhatsApp itself.</summary>
public sealed record IncomingMessage(
    CustomerIdentity From, MessageAuthor Author, string Wamid, DateTimeOffset SentAt, MessageKind Kind, string Body,
    string Payload) : IntakeEvent(From)
{
    /// <summary>From <see cref="MessageIds"/>, where its arrival is known; else it arrives as it is taken in.</summary>
    public Guid? Id { get; init; }
    public string? ReplyToWamid { get; init; }

    /// <summary>For how long this message lets free-form messages be sent; zero if it does not.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>What WhatsApp itself announces with this message; <see cref="From"/> is who the customer is afterwards.</summary>
    public IdentityChange? Announces { get; init; }
}

public enum RevisionKind { Reaction, Edit, Revoke }

/// <summary>A change of an earlier message: a reaction, an edit, or its deletion.</summary>
/// <param name="Emoji">Of a reaction; null withdraws it.</param>
/// <param name="Body">Of an edit.</param>
/// <param name="Payload">Of an edit: the message object with its new content.</param>
public sealed record Revision(
    CustomerIdentity? From, RevisionKind Kind, bool ByBusiness, string TargetWamid, string Wamid, DateTimeOffset At,
    string? Emoji, string Body, string? Payload) : IntakeEvent(From);

/// <summary>What became of a message of ours.</summary>
/// <param name="Status">As WhatsApp names it.</param>
/// <param name="OurMessageId">What we sent along as <c>biz_opaque_callback_data</c>.</param>
public sealed record StatusUpdate(
    string Wamid, string Status, DateTimeOffset At, Guid? OurMessageId, int? ErrorCode, string? ErrorText)
    : IntakeEvent((CustomerIdentity?)null)
{
    /// <summary>To whom the message went; says only what may run beside it.</summary>
    public CustomerIdentity? Recipient { get; init; }
}

/// <summary>A customer has another number or another business-scoped id than before.</summary>
public sealed record IdentityChange(CustomerIdentity Old, string? NewWaId, string? NewBsuid, string? NewParentBsuid)
    : IntakeEvent(Old);
