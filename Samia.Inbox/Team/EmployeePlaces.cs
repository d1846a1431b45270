using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>How many employees the business's plan has room for, and how many of these places are taken.</summary>
/// <param name="Maximum">Null for any number.</param>
public sealed record EmployeeRoom(string Plan, int? Maximum, int Taken);

/// <summary>
/// The employees that the business's plan has room for: those who work here, and those who were invited and may come any
/// moment. The one place where inviting and coming back ask for it.
/// </summary>
public sealed class EmployeePlaces(TenantContext tenant, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <summary>
    /// In the transaction that takes the place, of the business or of the platform: whoever else asks waits until it ends.
    /// </summary>
    /// <exception cref="TeamRefusedException">All places are taken.</exception>
    public async Task DemandOneAsync(SamiaDbContext db, CancellationToken cancellationToken)
    {
        // With a key of its own, so that nobody else waits for it.
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({"employee-places:" + tenant.BusinessId}, 0))", cancellationToken);
        var room = await RoomAsync(db, cancellationToken);
        if (room.Maximum <= room.Taken)
        {
            throw new TeamRefusedException(texts["Your plan, {0}, has room for {1} people, invited ones included, and all places are taken. Deactivate somebody, revoke an invitation or choose a larger plan.",
                room.Plan, room.Maximum]);
        }
    }

    // In one statement, between whose parts nobody accepts an invitation.
    internal Task<EmployeeRoom> RoomAsync(SamiaDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return (from business in db.Businesses
                where business.Id == tenant.BusinessId
                join plan in db.Plans on business.PlanId equals plan.Id
                select new EmployeeRoom(plan.Name, plan.MaxEmployees,
                    db.Employees.Count(e => e.BusinessId == business.Id && e.IsActive) + db.Invitations.Count(i =>
                        i.BusinessId == business.Id && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)))
            .SingleAsync(cancellationToken);
    }
}
