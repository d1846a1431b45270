using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// The employees that the business's plan has room for: those who work here, and those who were invited and may come any
/// moment. The one place where inviting and coming back ask for it.
/// </summary>
public sealed class EmployeePlaces(
    IDbContextFactory<SamiaDbContext> contexts, IStringLocalizer<Texts> texts, TimeProvider time)
{
    /// <exception cref="TeamRefusedException">All places are taken.</exception>
    [RequiresNoPermission("It only refuses.")]
    public async Task DemandOneAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plan = await db.Plans.Select(p => new { p.Name, p.MaxEmployees }).SingleAsync(cancellationToken);
        var taken = await db.Employees.CountAsync(e => e.IsActive, cancellationToken)
            + await db.Invitations.CountAsync(i => i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now, cancellationToken);
        if (plan.MaxEmployees <= taken)
        {
            throw new TeamRefusedException(texts["Your plan, {0}, has room for {1} people, invited ones included, and all places are taken. Deactivate somebody, revoke an invitation or choose a larger plan.",
                plan.Name, plan.MaxEmployees]);
        }
    }
}
