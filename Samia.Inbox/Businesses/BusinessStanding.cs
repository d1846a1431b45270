using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>
/// Whether a business may speak. The one check before a message is queued, whoever wrote it: an employee, a program or
/// the assistant. A business that may not still receives.
/// </summary>
public sealed class BusinessStanding(TenantContext tenant, IStringLocalizer<Texts> texts)
{
    /// <summary>Call it within the transaction that queues.</summary>
    /// <exception cref="NotPermittedException">The business is suspended or closed; the message is for people.</exception>
    public async Task DemandMaySendAsync(SamiaDbContext db, CancellationToken cancellationToken)
    {
        var business = await db.Businesses.Where(b => b.Id == tenant.BusinessId)
            .Select(b => new { b.Status, b.SuspendedReason }).SingleAsync(cancellationToken);
        if (business.Status != BusinessStatus.Active)
        {
            throw new NotPermittedException(Permissions.Reply, business.Status == BusinessStatus.Closed
                ? texts["The business is closed, so nothing is sent."]
                : texts["The business is suspended, so nothing is sent: {0}", business.SuspendedReason ?? ""]);
        }
    }
}
