using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>
/// Takes conversations from an employee who has left and from a team that is no more, some at a time, so that nobody
/// else at work waits for all of them.
/// </summary>
public sealed class Handback(
    LiveTransaction transaction, IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, TimeProvider time)
{
    private const int BatchSize = 100;

    /// <summary>
    /// Leaves what an employee had in hand without an assignee. Resolved conversations stay theirs until they open again.
    /// Nobody is given a conversation once they are deactivated, so what is left at the end stays so.
    /// </summary>
    /// <returns>How many conversations.</returns>
    [RequiresNoPermission("It takes nothing from anybody who works here.")]
    internal async Task<int> FromEmployeeAsync(Guid employeeId, CancellationToken cancellationToken)
    {
        for (var count = 0; ;)
        {
            var batch = await transaction.RunAsync((db, live, ct) => TakeAsync(db, live, employeeId, ct), cancellationToken);
            if (batch == 0)
            {
                return count;
            }

            count += batch;
        }
    }

    /// <summary>How many conversations are a team's, resolved ones included.</summary>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<int> CountOfTeamAsync(Guid teamId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Conversations.CountAsync(c => c.TeamId == teamId, cancellationToken);
    }

    /// <summary>Leaves what is a team's without a team.</summary>
    /// <returns>How many conversations.</returns>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<int> FromTeamAsync(Guid teamId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        for (var count = 0; ;)
        {
            var batch = await transaction.RunAsync((db, live, ct) => TakeFromTeamAsync(db, live, teamId, ct), cancellationToken);
            if (batch == 0)
            {
                return count;
            }

            count += batch;
        }
    }

    /// <summary>
    /// Leaves a conversation that opens again without an assignee if theirs has left. In the caller's transaction, with
    /// the conversation's row locked.
    /// </summary>
    internal static async Task IfGoneAsync(
        SamiaDbContext db, Conversation conversation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (conversation.AssigneeId is { } assignee && !await Colleagues.HoldActiveAsync(db, assignee, cancellationToken))
        {
            Leave(db, conversation, now);
        }
    }

    private async Task<int> TakeAsync(SamiaDbContext db, LiveChanges live, Guid employeeId, CancellationToken cancellationToken)
    {
        var batch = await db.Conversations.FromSql($"""
            select * from conversations where assignee_id = {employeeId} and status in ('open', 'pending', 'snoozed')
            order by id limit {BatchSize} for update
            """).ToListAsync(cancellationToken);
        if (batch.Count == 0 || await Colleagues.HoldActiveAsync(db, employeeId, cancellationToken))
        {
            return 0;
        }

        var now = time.GetUtcNow();
        foreach (var conversation in batch)
        {
            Leave(db, conversation, now);
            db.Add(new ActivityLog { At = now, Action = "conversation.handed_back", SubjectId = conversation.Id });
            live.Conversation(conversation.Id);
        }

        return batch.Count;
    }

    private static async Task<int> TakeFromTeamAsync(
        SamiaDbContext db, LiveChanges live, Guid teamId, CancellationToken cancellationToken)
    {
        var batch = await db.Conversations.FromSql(
            $"select * from conversations where team_id = {teamId} order by id limit {BatchSize} for update")
            .ToListAsync(cancellationToken);
        foreach (var conversation in batch)
        {
            conversation.TeamId = null;
            live.Conversation(conversation.Id);
        }

        return batch.Count;
    }

    private static void Leave(SamiaDbContext db, Conversation conversation, DateTimeOffset now)
    {
        db.Add(new ConversationAssignment
        {
            ConversationId = conversation.Id, FromEmployeeId = conversation.AssigneeId, ByEmployeeId = db.Tenant.EmployeeId,
            AssignedAt = now,
        });
        conversation.AssigneeId = null;
    }
}
