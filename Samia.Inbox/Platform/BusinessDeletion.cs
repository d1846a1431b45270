using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Platform;

/// <summary>
/// Deletes everything of a closed business whose grace period is over: table by table, those that refer before those
/// that are referred to, in batches that are each a transaction. Interrupted, it goes on where it was. The database
/// itself asks at each batch whether the business may be deleted.
/// </summary>
[RequiresNoPermission("Nobody asks for it: the time is over, which the database checks.")]
public sealed class BusinessDeletion(IDbContextFactory<PlatformDbContext> contexts, TimeProvider time)
{
    private const int BatchSize = 2_000;

    /// <summary>Those whose time is over.</summary>
    internal async Task<IReadOnlyList<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Businesses.Where(b => b.DeleteAfter <= now && b.Status == BusinessStatus.Closed)
            .Select(b => b.Id).ToListAsync(cancellationToken);
    }

    /// <returns>How many rows were deleted; null if another node is at it.</returns>
    /// <exception cref="PostgresException">The business may not be deleted.</exception>
    internal async Task<long?> DeleteAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        // Held by the connection, so a node that dies lets go of it.
        var name = businessId.ToString();
        if (!await db.Database.SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended({name}, 0)) as \"Value\"").SingleAsync(cancellationToken))
        {
            return null;
        }

        try
        {
            return await DeleteAsync(db, businessId, cancellationToken);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock(hashtextextended({name}, 0))", CancellationToken.None);
        }
    }

    private static async Task<long> DeleteAsync(PlatformDbContext db, Guid businessId, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var table in TenantTable.InOrder(db).Reverse())
        {
            foreach (var reference in table.LateColumns)
            {
                await db.Database.ExecuteSqlAsync(
                    $"select app.release_in_closed_business({businessId}, {table.Name}, {reference})", cancellationToken);
            }

            total += await DeleteTableAsync(db, businessId, table.Name, cancellationToken);
        }

        return total;
    }

    private static async Task<long> DeleteTableAsync(
        PlatformDbContext db, Guid businessId, string table, CancellationToken cancellationToken)
    {
        var (total, last) = (0L, (Guid?)null);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var people = table == "employees" ? await PeopleAsync(db, businessId, last, cancellationToken) : [];
            var batch = await db.Database.SqlQuery<Batch>($"""
                select deleted, last from app.delete_from_closed_business({businessId}, {table}, {last}, {BatchSize})
                """).SingleAsync(cancellationToken);
            await DeletePeopleAsync(db, people, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            (total, last) = (total + batch.Deleted, batch.Last);
            if (batch.Deleted < BatchSize)
            {
                return total;
            }
        }
    }

    private static Task<List<Guid>> PeopleAsync(
        PlatformDbContext db, Guid businessId, Guid? after, CancellationToken cancellationToken) =>
        db.Employees.Where(e => e.BusinessId == businessId && (after == null || e.Id > after)).OrderBy(e => e.Id).Take(BatchSize)
            .Select(e => e.UserId).ToListAsync(cancellationToken);

    // Whoever worked nowhere else has nothing left to sign in to.
    private static Task<int> DeletePeopleAsync(PlatformDbContext db, List<Guid> people, CancellationToken cancellationToken) =>
        people.Count == 0
            ? Task.FromResult(0)
            : db.Users.Where(u => people.Contains(u.Id) && !db.Employees.Any(e => e.UserId == u.Id)
                && !db.PlatformEmployees.Any(p => p.UserId == u.Id)).ExecuteDeleteAsync(cancellationToken);

    private sealed record Batch(long Deleted, Guid? Last);
}
