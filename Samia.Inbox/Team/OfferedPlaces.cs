using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>
/// Lets whoever has the link of an invitation look at it and accept it, as <c>samia_platform</c>, which alone writes whose
/// sign-in an employee is. They act for no business yet; the link's secret is what allows it.
/// </summary>
[RequiresNoPermission("The link's secret is what allows it.")]
public sealed class OfferedPlaces(
    IDbContextFactory<PlatformDbContext> contexts, IServiceProvider services, IHttpContextAccessor request, TimeProvider time,
    IStringLocalizer<Texts> texts)
{
    /// <param name="link">Business, invitation and secret, as the address has them.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Offer> FindAsync(string[] link, CancellationToken cancellationToken)
    {
        if (!TryRead(link, out var businessId, out var invitationId, out var secret))
        {
            return new(null, texts["This is not the link of an invitation. Open the one in your e-mail again, or ask for a new invitation."]);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from invitation in db.Invitations.AsNoTracking()
            where invitation.BusinessId == businessId && invitation.Id == invitationId
            join business in db.Businesses on invitation.BusinessId equals business.Id
            join role in db.Roles on new { invitation.BusinessId, Id = invitation.RoleId } equals new { role.BusinessId, role.Id }
            from inviter in db.Employees
                .Where(e => e.BusinessId == invitation.BusinessId && e.Id == invitation.InvitedById).DefaultIfEmpty()
            select new
            {
                invitation, Role = role.Name, Business = business.Name, business.Status,
                InvitedBy = inviter == null ? null : inviter.Name,
            }).SingleOrDefaultAsync(cancellationToken);
        if (ProblemOf(found?.invitation, secret) is { } problem)
        {
            return new(null, problem);
        }

        return found!.Status == BusinessStatus.Closed
            ? new(null, texts["{0} is closed, so nobody can sign in to it any more.", found.Business])
            : new(new OfferedPlace(businessId, found.Business, invitationId, found.invitation.Email, found.invitation.Name,
                found.Role, found.InvitedBy), null);
    }

    /// <summary>Makes the person an employee, with the invitation's role and teams, in one transaction and once.</summary>
    /// <param name="link">Business, invitation and secret, as the address has them.</param>
    /// <param name="userId">The sign-in of the person who was invited.</param>
    /// <param name="name">As which colleagues will know them; null for the invitation's.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The employee, or a sentence for people.</returns>
    public async Task<(Guid? EmployeeId, string? Problem)> AcceptAsync(
        string[] link, Guid userId, string? name, CancellationToken cancellationToken)
    {
        if (!TryRead(link, out var businessId, out var invitationId, out var secret))
        {
            return (null, texts["This is not the link of an invitation. Open the one in your e-mail again, or ask for a new invitation."]);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var locked = await db.Invitations.FromSql(
            $"select * from invitations where business_id = {businessId} and id = {invitationId} for update").ToListAsync(cancellationToken);
        var invitation = locked.SingleOrDefault();
        if (ProblemOf(invitation, secret) is { } problem)
        {
            return (null, problem);
        }

        if (await db.Employees.AnyAsync(e => e.BusinessId == businessId && e.UserId == userId, cancellationToken))
        {
            return (null, texts["You work there already, or did before. Ask an admin of the business."]);
        }

        var employee = await AddAsync(db, invitation!, userId, name, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await TellAsync(employee, cancellationToken);
        return (employee.Id, null);
    }

    private async Task<Employee> AddAsync(
        PlatformDbContext db, Invitation invitation, Guid userId, string? name, CancellationToken cancellationToken)
    {
        var (businessId, now) = (invitation.BusinessId, time.GetUtcNow());
        var employee = new Employee
        {
            BusinessId = businessId, UserId = userId, RoleId = invitation.RoleId, CreatedAt = now,
            Name = string.IsNullOrWhiteSpace(name) ? invitation.Name : name.Trim(),
        };
        db.Add(employee);
        // One that was deleted since is left out.
        var teams = await db.Teams.Where(t => t.BusinessId == businessId && invitation.TeamIds.Contains(t.Id))
            .Select(t => t.Id).ToListAsync(cancellationToken);
        db.AddRange(teams.Select(team => new TeamMember { BusinessId = businessId, TeamId = team, EmployeeId = employee.Id }));
        (invitation.AcceptedAt, invitation.EmployeeId) = (now, employee.Id);
        db.Add(new ActivityLog
        {
            BusinessId = businessId, At = now, ActorKind = ActorKind.Employee, EmployeeId = employee.Id,
            IpAddress = request.HttpContext?.CallerAddress, Action = "invitation.accepted", SubjectId = invitation.Id,
            SubjectName = employee.Name, After = JsonSerializer.Serialize(new { employee = employee.Id }),
        });
        return employee;
    }

    // After the commit, of which the platform cannot tell: colleagues see at once who came.
    private async Task TellAsync(Employee employee, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateTenantScope(employee.BusinessId);
        await scope.ServiceProvider.GetRequiredService<LiveTransaction>().RunAsync((_, live, _) =>
        {
            live.Business();
            live.Colleague(employee.Id);
            return Task.CompletedTask;
        }, cancellationToken);
    }

    private string? ProblemOf(Invitation? invitation, InvitationSecret secret) =>
        invitation is null || !secret.Opens(invitation.SecretHash)
            ? texts["This is not the link of an invitation. Open the one in your e-mail again, or ask for a new invitation."].Value
            : invitation.AcceptedAt is not null ? texts["This invitation was accepted already. Sign in."].Value
            : invitation.RevokedAt is not null ? texts["This invitation was taken back. Ask whoever invited you."].Value
            : invitation.ExpiresAt <= time.GetUtcNow() ? texts["This invitation has run out. Ask whoever invited you to send it again."].Value
            : null;

    private static bool TryRead(string[] link, out Guid businessId, out Guid invitationId, out InvitationSecret secret)
    {
        (businessId, invitationId, secret) = (default, default, new(""));
        if (link is not [var business, var invitation, var text] || !Guid.TryParse(business, out businessId)
            || businessId == Guid.Empty || !Guid.TryParse(invitation, out invitationId))
        {
            return false;
        }

        secret = new InvitationSecret(text);
        return true;
    }
}
