using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>
/// How much of the conversations somebody sees. It is the one place that says which they are: what reads or changes a
/// conversation for people begins with one of these. What somebody does not see does not exist for them.
/// </summary>
/// <param name="Only">
/// Sees what is assigned to this employee or to one of their teams; the empty id sees nothing, and null everything.
/// </param>
public readonly record struct ConversationSight(Guid? Only)
{
    public static ConversationSight All => new(null);

    public static ConversationSight Nothing => new(Guid.Empty);

    public bool IsAll => Only is null;

    /// <summary>The same as <see cref="In"/>, for SQL that is written by hand.</summary>
    /// <param name="conversation">The alias of <c>conversations</c>.</param>
    /// <param name="parameter">The place of <see cref="Only"/> among the parameters.</param>
    /// <returns>A condition that begins with <c>and</c>; empty for whoever sees everything, who then needs no parameter.</returns>
    public string Condition(string conversation, string parameter) => IsAll ? "" : $"""
         and ({conversation}.assignee_id = {parameter} or {conversation}.team_id in (
            select own.team_id from team_members own where own.employee_id = {parameter}))
        """;

    /// <summary>The conversations that are seen.</summary>
    internal IQueryable<Conversation> In(SamiaDbContext db) => Only is not { } me
        ? db.Conversations
        : db.Conversations.Where(c => c.AssigneeId == me || db.TeamMembers.Any(m => m.EmployeeId == me && m.TeamId == c.TeamId));

    /// <summary>The conversation with this id, or the one that it was merged into; null if it is not seen.</summary>
    // By one id at a time: with an "or", or a coalesce, Postgres would read every conversation.
    internal async Task<Conversation?> FindAsync(SamiaDbContext db, Guid conversationId, CancellationToken cancellationToken)
    {
        var seen = In(db).AsNoTracking();
        return await seen.SingleOrDefaultAsync(c => c.Id == conversationId, cancellationToken)
            ?? (await db.MergedIntoAsync(conversationId, cancellationToken) is { } goesOn
                ? await seen.SingleOrDefaultAsync(c => c.Id == goesOn, cancellationToken)
                : null);
    }

    /// <summary>
    /// Reads a conversation and locks its row until the transaction ends, like <see cref="ConversationRows.LockConversationAsync"/>.
    /// </summary>
    /// <exception cref="ConversationNotFoundException">There is none, or it is not seen.</exception>
    internal async Task<Conversation> LockAsync(SamiaDbContext db, Guid conversationId, CancellationToken cancellationToken)
    {
        var conversation = await db.LockConversationAsync(conversationId, cancellationToken);
        return conversation is not null && (IsAll || await In(db).AnyAsync(c => c.Id == conversation.Id, cancellationToken))
            ? conversation
            : throw new ConversationNotFoundException(conversationId);
    }

    /// <exception cref="ConversationNotFoundException">There is none, or it is not seen.</exception>
    internal async Task DemandAsync(SamiaDbContext db, Guid conversationId, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, conversationId, cancellationToken) is null)
        {
            throw new ConversationNotFoundException(conversationId);
        }
    }
}
