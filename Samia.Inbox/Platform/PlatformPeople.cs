using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>Those who run Samia, as its own machinery needs them.</summary>
[RequiresNoPermission("It tells nobody anything: whose screens are to ask again whether they may stay.")]
public sealed class PlatformPeople(IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>The sign-in of somebody of the platform; null if there is nobody by that id.</summary>
    internal async Task<Guid?> UserIdAsync(Guid platformEmployeeId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.PlatformEmployees.Where(p => p.Id == platformEmployeeId).Select(p => (Guid?)p.UserId)
            .SingleOrDefaultAsync(cancellationToken);
    }
}
