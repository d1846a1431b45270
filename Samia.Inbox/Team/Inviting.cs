using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Live;
using Samia.Inbox.Mail;

namespace Samia.Inbox.Team;

/// <summary>Somebody who is asked to work for the business.</summary>
/// <param name="Email">Where the link goes; it becomes their sign-in.</param>
/// <param name="Name">What colleagues will see.</param>
/// <param name="RoleId">One of the business's roles.</param>
/// <param name="TeamIds">Those that they will belong to.</param>
/// <param name="Language">Of the e-mail: a <see cref="Shell.Language"/>'s code.</param>
public sealed record NewInvitation(string Email, string Name, Guid RoleId, IReadOnlyList<Guid> TeamIds, string Language);

/// <summary>
/// Asks people by e-mail to work for the business. An invitation and its mail are one transaction, which takes
/// <c>samia_platform</c>: mails belong to no business. What is asked and refused before that is asked as the business.
/// </summary>
public sealed class Inviting(
    IDbContextFactory<PlatformDbContext> platform, IDbContextFactory<SamiaDbContext> contexts, PermissionChecker permissions,
    EmployeeGuards guards, EmployeePlaces places, InvitationMail mail, Mailer mailer, LiveTransaction transaction,
    TenantContext tenant, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>How long a link holds after it was sent.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromDays(7);

    /// <summary>Nobody gets more than one mail in this time.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <returns>The invitation's id.</returns>
    /// <exception cref="TeamRefusedException">
    /// A value is wrong, the person works here or was invited already, the role allows more than one's own, or the plan
    /// has no place for them.
    /// </exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task<Guid> InviteAsync(NewInvitation asked, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        var (secret, now) = (InvitationSecret.New(), time.GetUtcNow());
        var invitation = new Invitation
        {
            BusinessId = tenant.BusinessId, Email = InvitationFields.Email(asked.Email, texts), Name = EmployeeFields.Name(asked.Name, texts),
            RoleId = asked.RoleId, TeamIds = [.. asked.TeamIds.Distinct()], Language = InvitationFields.Language(asked.Language, texts),
            SecretHash = secret.Hash, InvitedById = tenant.EmployeeId, CreatedAt = now, ExpiresAt = now + Validity,
        };
        var role = await DemandMayInviteAsync(invitation, cancellationToken);
        await DemandTeamsAsync(invitation.TeamIds, cancellationToken);
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        await using var open = await db.Database.BeginTransactionAsync(cancellationToken);
        await places.DemandOneAsync(db, cancellationToken);
        await RefuseWhoWorksHereAsync(db, invitation.Email, cancellationToken);
        db.Add(invitation);
        db.Add(Log("invitation.sent", invitation, now, JsonSerializer.Serialize(new { role = role.Name })));
        try
        {
            await mailer.QueueAsync(db, await mail.WriteAsync(invitation, secret, cancellationToken), cancellationToken);
            await open.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new TeamRefusedException(texts["{0} was invited already. Send that invitation again, or revoke it first.", invitation.Email]);
        }

        await TellAsync(cancellationToken);
        return invitation.Id;
    }

    /// <summary>With another link: the one before opens nothing any more.</summary>
    /// <exception cref="TeamRefusedException">
    /// It was accepted or revoked, it was sent a moment ago, its role allows more than one's own, or it had run out and the
    /// plan has no place any more.
    /// </exception>
    [RequiresPermission(Permissions.ManageTeam)]
    public async Task SendAgainAsync(Guid invitationId, CancellationToken cancellationToken)
    {
        await permissions.DemandAsync(Permissions.ManageTeam, cancellationToken);
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        await using var open = await db.Database.BeginTransactionAsync(cancellationToken);
        var found = await db.Invitations.FromSql($"""
            select * from invitations where business_id = {tenant.BusinessId} and id = {invitationId}
                and accepted_at is null and revoked_at is null for update
            """).ToListAsync(cancellationToken);
        var invitation = found.SingleOrDefault() ?? throw Invitations.Gone(texts);
        await DemandMayInviteAsync(invitation, cancellationToken);
        var now = time.GetUtcNow();
        if (now < invitation.ExpiresAt - Validity + Pause)
        {
            throw new TeamRefusedException(texts["The invitation was sent less than a minute ago. Give the mail some time to arrive."]);
        }

        if (invitation.ExpiresAt <= now)
        {
            // It takes a place again.
            await places.DemandOneAsync(db, cancellationToken);
        }

        var secret = InvitationSecret.New();
        (invitation.SecretHash, invitation.ExpiresAt) = (secret.Hash, now + Validity);
        db.Add(Log("invitation.sent_again", invitation, now, null));
        await mailer.QueueAsync(db, await mail.WriteAsync(invitation, secret, cancellationToken), cancellationToken);
        await open.CommitAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    private async Task<Role> DemandMayInviteAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var role = await db.Roles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == invitation.RoleId, cancellationToken)
            ?? throw new TeamRefusedException(texts["This role is no more. Choose another."]);
        await guards.DemandMayGrantAsync(role, cancellationToken);
        return role;
    }

    private async Task DemandTeamsAsync(Guid[] teamIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Teams.CountAsync(t => teamIds.Contains(t.Id), cancellationToken) < teamIds.Length)
        {
            throw new TeamRefusedException(texts["One of these teams is no more. Choose again."]);
        }
    }

    private async Task RefuseWhoWorksHereAsync(PlatformDbContext db, string email, CancellationToken cancellationToken)
    {
        var normalized = email.ToUpperInvariant();
        var works = await (from employee in db.Employees
                           join user in db.Users on employee.UserId equals user.Id
                           where employee.BusinessId == tenant.BusinessId && user.NormalizedEmail == normalized
                           select (bool?)employee.IsActive).SingleOrDefaultAsync(cancellationToken);
        if (works is { } active)
        {
            throw new TeamRefusedException(active
                ? texts["{0} works for your business already.", email]
                : texts["{0} worked for your business before. Reactivate them instead: choose “Deactivated” in the list of employees.", email]);
        }
    }

    private ActivityLog Log(string action, Invitation invitation, DateTimeOffset now, string? after)
    {
        var log = new ActivityLog
        {
            BusinessId = invitation.BusinessId, At = now, Action = action, SubjectId = invitation.Id, SubjectName = invitation.Name, After = after,
        };
        tenant.Sign(log);
        return log;
    }

    // After the commit, of which the platform cannot tell: whoever looks at the list sees it at once.
    private Task TellAsync(CancellationToken cancellationToken) => transaction.RunAsync((_, live, _) =>
    {
        live.Business();
        return Task.CompletedTask;
    }, cancellationToken);
}
