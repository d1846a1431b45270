using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Lets the tries of one person wait for each other, over all nodes: a thousand guesses at once are counted one after
/// another, and the lockout stands after the fifth.
/// </summary>
[RequiresNoPermission("Signing in comes before any permission.")]
public sealed class OneTryAtATime(PlatformDbContext db)
{
    /// <summary>
    /// Runs <paramref name="attempt"/> in a transaction of the context that Identity uses, with the person as they are by
    /// then. An exception rolls back.
    /// </summary>
    public async Task<T> RunAsync<T>(User user, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({user.Id.ToString()}, 5))", cancellationToken);
        await db.Entry(user).ReloadAsync(cancellationToken);
        var result = await attempt();
        await transaction.CommitAsync(cancellationToken);
        return result;
    }
}
