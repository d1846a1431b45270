using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>An invitation that was neither accepted nor revoked.</summary>
/// <param name="InvitedBy">Null if it was nobody of the business.</param>
public sealed record OpenInvitation(
    Guid Id, string Email, string Name, string RoleName, string? InvitedBy, DateTimeOffset ExpiresAt);

/// <summary>Who was asked to work for the business and has not come yet. <see cref="Inviting"/> asks them.</summary>
public sealed class Invitations(
    LiveTransaction transaction, IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions,
    IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>The newest first; those that have run out, which can be sent again, included.</summary>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<IReadOnlyList<OpenInvitation>> OpenAsync(CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (from invitation in db.Invitations
                      where invitation.AcceptedAt == null && invitation.RevokedAt == null
                      join role in db.Roles on invitation.RoleId equals role.Id
                      join employee in db.Employees on invitation.InvitedById equals employee.Id into inviters
                      from inviter in inviters.DefaultIfEmpty()
                      orderby invitation.Id descending
                      select new OpenInvitation(
                          invitation.Id, invitation.Email, invitation.Name, role.Name, inviter!.Name, invitation.ExpiresAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Its link opens nothing any more.</summary>
    /// <exception cref="TeamRefusedException">It was accepted, or there is no such invitation.</exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task RevokeAsync(Guid invitationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await transaction.RunAsync(async (db, live, ct) =>
        {
            var found = await db.Invitations.FromSql($"select * from invitations where id = {invitationId} for update").ToListAsync(ct);
            var invitation = found.SingleOrDefault(i => i.AcceptedAt is null) ?? throw Gone(texts);
            if (invitation.RevokedAt is not null)
            {
                return;
            }

            var now = time.GetUtcNow();
            invitation.RevokedAt = now;
            db.Add(new ActivityLog { At = now, Action = "invitation.revoked", SubjectId = invitation.Id, SubjectName = invitation.Name });
            live.Business();
        }, cancellationToken);
    }

    internal static TeamRefusedException Gone(IStringLocalizer<Texts> texts) =>
        new(texts["This invitation was accepted or revoked meanwhile."]);
}
