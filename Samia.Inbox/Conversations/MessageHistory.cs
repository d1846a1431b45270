using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>A message by itself.</summary>
/// <param name="EmployeeId">Who wrote it, where the author is an employee.</param>
/// <param name="Body">The text, a caption, or a line that stands for the content; empty where there is none.</param>
/// <param name="WhatsAppId">WhatsApp's own id; null until it has accepted what we send.</param>
/// <param name="ReplyToWhatsAppId">The message that this one answers.</param>
/// <param name="ErrorCode">The Cloud API's code of why it failed.</param>
/// <param name="ErrorText">Why it failed, as a sentence.</param>
public sealed record MessageDetails(
    Guid Id, Guid ConversationId, MessageDirection Direction, MessageAuthor Author, Guid? EmployeeId, MessageKind Kind,
    string Body, MessageStatus Status, DateTimeOffset SentAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt,
    int? ErrorCode, string? ErrorText, string? WhatsAppId, string? ReplyToWhatsAppId, DateTimeOffset? EditedAt,
    DateTimeOffset? RevokedAt)
{
    internal static readonly Expression<Func<Message, MessageDetails>> Projection = m => new MessageDetails(
        m.Id, m.ConversationId, m.Direction, m.Author, m.EmployeeId, m.Kind, m.RevokedAt == null ? m.Body : "", m.Status,
        m.SentAt, m.DeliveredAt, m.ReadAt, m.ErrorCode, m.ErrorText, m.Wamid, m.ReplyToWamid, m.EditedAt, m.RevokedAt);

    internal static readonly Func<Message, MessageDetails> Of = Projection.Compile();
}

/// <summary>Reads messages without the notes between them.</summary>
public sealed class MessageHistory(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, VisibleConversations visible)
{
    /// <summary>The newest first, those before <paramref name="before"/> if it is given.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may not see all conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<List<MessageDetails>> PageAsync(
        Guid conversationId, Guid? before, int count, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.Messages
            .Where(m => m.ConversationId == conversationId && (before == null || m.Id.CompareTo(before.Value) < 0))
            .OrderByDescending(m => m.Id).Take(count)).ToListAsync(cancellationToken);
    }

    /// <returns>Null if the business has no such message.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not see all conversations.</exception>
    [RequiresPermission(Permissions.ViewConversations)]
    public async Task<MessageDetails?> FindAsync(Guid messageId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ViewConversations, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.Messages.Where(m => m.Id == messageId)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The message that whoever acts has just sent.</summary>
    /// <returns>Null if there is none, or it is in a conversation that they do not see.</returns>
    /// <exception cref="NotPermittedException">Whoever acts may not send.</exception>
    [RequiresPermission(Permissions.Reply)]
    public async Task<MessageDetails?> FindSentAsync(Guid messageId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.Reply, cancellationToken);
        var sight = await visible.SightAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Details(db.Messages.Where(m => m.Id == messageId && m.Direction == MessageDirection.Outbound
            && sight.In(db).Any(c => c.Id == m.ConversationId))).SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<MessageDetails> Details(IQueryable<Message> messages) => messages.Select(MessageDetails.Projection);
}
