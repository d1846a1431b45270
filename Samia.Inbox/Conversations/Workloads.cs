using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>How much each employee has in hand.</summary>
public sealed class Workloads(IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions)
{
    private static readonly string[] WhoNeedsToKnow = [Permissions.Assign, Permissions.ManageTeam];

    /// <returns>The number of open conversations of everybody who has one.</returns>
    [RequiresPermission(Permissions.Assign), RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyDictionary<Guid, int>> OpenAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAnyAsync(WhoNeedsToKnow, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Conversations.Where(c => c.Status == ConversationStatus.Open && c.AssigneeId != null)
            .GroupBy(c => c.AssigneeId!.Value).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
    }
}
