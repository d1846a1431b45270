using Samia.Data;

namespace Samia.Inbox.Conversations;

public enum ConversationTab { Mine, Unassigned, All }

/// <summary>Which conversations a list shows.</summary>
public sealed record ConversationListQuery(ConversationTab Tab, ConversationStatus Status = ConversationStatus.Open)
{
    /// <summary>Whether the list shows the row, for the employee who looks at it.</summary>
    public bool Includes(ConversationRow row, Guid? employeeId) => row.Status == Status && Tab switch
    {
        ConversationTab.Mine => row.AssigneeId == employeeId,
        ConversationTab.Unassigned => row.AssigneeId is null,
        _ => true,
    };
}

/// <summary>A place in a list: after the row with this activity and id.</summary>
public readonly record struct ConversationCursor(DateTimeOffset LastActivityAt, Guid Id);

/// <summary>One row of the list.</summary>
public sealed record ConversationRow(
    Guid Id, string CustomerName, ConversationMode Mode, ConversationStatus Status, Guid? AssigneeId,
    ConversationPriority Priority, int UnreadCount, string Preview, MessageKind? Kind, MessageDirection? Direction,
    MessageStatus? MessageStatus, DateTimeOffset LastActivityAt, DateTimeOffset? WaitingSince)
{
    public ConversationCursor Cursor => new(LastActivityAt, Id);
}

/// <summary>How many conversations each tab has, counted up to <see cref="Most"/>.</summary>
public sealed record ConversationCounts(int Mine, int Unassigned, int All)
{
    /// <summary>Beyond this nobody needs the number, and a count would cost more the larger the business is.</summary>
    public const int Most = 1000;

    public int Of(ConversationTab tab) => tab switch
    {
        ConversationTab.Mine => Mine,
        ConversationTab.Unassigned => Unassigned,
        _ => All,
    };
}
