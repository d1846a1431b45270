using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Conversations;

/// <summary>Says which conversations whoever acts may see.</summary>
public sealed class VisibleConversations(
    IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions, TenantContext tenant)
{
    private static readonly string[] ToSeeSome = [Permissions.ViewConversations, Permissions.ViewAssigned];

    /// <summary>The first act of whatever shows conversations.</summary>
    /// <exception cref="NotPermittedException">Whoever acts may see none.</exception>
    [RequiresPermission(Permissions.ViewConversations), RequiresPermission(Permissions.ViewAssigned)]
    public async Task<ConversationSight> DemandAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAnyAsync(ToSeeSome, cancellationToken);
        return await SightAsync(cancellationToken);
    }

    /// <summary>For what changes a conversation, and has asked for the permission to do that.</summary>
    [RequiresNoPermission("Whoever may see none sees nothing.")]
    public async Task<ConversationSight> SightAsync(CancellationToken cancellationToken)
    {
        var held = await permissions.AllAsync(cancellationToken);
        return held.Contains(Permissions.ViewConversations) ? ConversationSight.All
            : held.Contains(Permissions.ViewAssigned)
                // Nothing is ever assigned to a program.
                ? tenant.EmployeeId is { } me ? new ConversationSight(me) : ConversationSight.Nothing
            // A program that may only write names conversations that it was told of, and learns nothing of them.
            : tenant.ActorKind == ActorKind.ApiToken ? ConversationSight.All
            : ConversationSight.Nothing;
    }

    /// <summary>
    /// Of conversations that changed, those that whoever acts is to hear of: what they see, and what was theirs once,
    /// which may have been taken from them just now.
    /// </summary>
    /// <exception cref="NotPermittedException">Whoever acts may see none.</exception>
    [RequiresPermission(Permissions.ViewConversations), RequiresPermission(Permissions.ViewAssigned)]
    public async Task<IReadOnlyList<Guid>> OfTheseAsync(IReadOnlyList<Guid> conversationIds, CancellationToken cancellationToken)
    {
        var sight = await DemandAsync(cancellationToken);
        if (sight.IsAll || conversationIds.Count == 0)
        {
            return conversationIds;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await sight.In(db).Where(c => conversationIds.Contains(c.Id)).Select(c => c.Id)
            .Union(db.ConversationAssignments
                .Where(a => conversationIds.Contains(a.ConversationId) && a.FromEmployeeId == sight.Only)
                .Select(a => a.ConversationId))
            .ToListAsync(cancellationToken);
    }
}
