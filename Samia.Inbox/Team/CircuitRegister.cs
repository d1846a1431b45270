using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Live;

namespace Samia.Inbox.Team;

/// <summary>
/// Keeps the circuits of one business, of all nodes together, and tells everybody whose first came or whose last went.
/// </summary>
[RequiresNoPermission("a worker's, which notes who is there")]
internal sealed class CircuitRegister(LiveTransaction transaction, TimeProvider time)
{
    /// <summary>Adds and removes circuits of a node. What was done already is not done again.</summary>
    public Task WriteAsync(Guid nodeId, CircuitChanges changes, CancellationToken cancellationToken) =>
        transaction.RunAsync(async (db, live, ct) =>
        {
            var employees = changes.Opened.Concat(changes.Closed).Select(c => c.EmployeeId).Distinct().ToList();
            var before = await LockAsync(db, employees, ct);
            var closed = changes.Closed.Select(c => c.Id).ToList();
            await db.OpenCircuits.Where(c => closed.Contains(c.Id)).ExecuteDeleteAsync(ct);
            await AddAsync(db, nodeId, changes.Opened, ct);
            await TellAsync(db, live, employees, before, ct);
        }, cancellationToken);

    /// <summary>Forgets the circuits that no node has renewed since then.</summary>
    public Task SweepAsync(DateTimeOffset seenBefore, CancellationToken cancellationToken) =>
        transaction.RunAsync(async (db, live, ct) =>
        {
            var dead = db.OpenCircuits.Where(c => c.SeenAt < seenBefore);
            var employees = await dead.Select(c => c.EmployeeId).Distinct().ToListAsync(ct);
            var before = await LockAsync(db, employees, ct);
            await dead.Where(c => employees.Contains(c.EmployeeId)).ExecuteDeleteAsync(ct);
            await TellAsync(db, live, employees, before, ct);
        }, cancellationToken);

    // Two nodes may close the last two tabs of a person at once: one after the other, so that the second sees it.
    private static async Task<HashSet<Guid>> LockAsync(SamiaDbContext db, List<Guid> employees, CancellationToken cancellationToken)
    {
        await db.Database.SqlQuery<Guid>(
            $"select id from employees where id = any({employees}) order by id for no key update").ToListAsync(cancellationToken);
        return await PresentAsync(db, employees, cancellationToken);
    }

    private static Task<HashSet<Guid>> PresentAsync(SamiaDbContext db, List<Guid> employees, CancellationToken cancellationToken) =>
        db.OpenCircuits.Where(c => employees.Contains(c.EmployeeId)).Select(c => c.EmployeeId).ToHashSetAsync(cancellationToken);

    private async Task AddAsync(
        SamiaDbContext db, Guid nodeId, IReadOnlyList<NodeCircuit> opened, CancellationToken cancellationToken)
    {
        var ids = opened.Select(c => c.Id).ToList();
        var there = await db.OpenCircuits.Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToListAsync(cancellationToken);
        db.AddRange(opened.Where(c => !there.Contains(c.Id)).Select(c => new OpenCircuit
        {
            Id = c.Id, EmployeeId = c.EmployeeId, NodeId = nodeId, OpenedAt = c.OpenedAt, SeenAt = time.GetUtcNow(),
        }));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task TellAsync(
        SamiaDbContext db, LiveChanges live, List<Guid> employees, HashSet<Guid> before, CancellationToken cancellationToken)
    {
        before.SymmetricExceptWith(await PresentAsync(db, employees, cancellationToken));
        foreach (var employee in before)
        {
            live.Colleague(employee);
        }
    }
}
