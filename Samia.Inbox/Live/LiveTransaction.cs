using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox.Live;

/// <summary>
/// The one way to change what screens show: a transaction of the current tenant whose changes are numbered by its
/// last statement and told to every node after its commit.
/// </summary>
[RequiresNoPermission("It runs what a service does that has asked.")]
public sealed class LiveTransaction(
    IDbContextFactory<SamiaDbContext> contexts, ExpectedVersion expected, LivePublisher publisher, OutboxSignal outbox)
{
    /// <summary>
    /// Runs <paramref name="work"/> and commits. The work may run again, in a new context, after a deadlock or a lost
    /// connection, so it must do nothing but use its context. An exception rolls everything back.
    /// </summary>
    /// <exception cref="StaleVersionException">A row is not what <see cref="ExpectedVersion"/> says.</exception>
    public async Task<T> RunAsync<T>(
        Func<SamiaDbContext, LiveChanges, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(work, cancellationToken);
            }
            catch (Exception exception) when (attempt < 3 && TransientErrors.MayRunAgain(exception))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt), cancellationToken);
            }
        }
    }

    public Task RunAsync(
        Func<SamiaDbContext, LiveChanges, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync<object?>(async (db, changes, ct) =>
        {
            await work(db, changes, ct);
            return null;
        }, cancellationToken);

    private async Task<T> RunOnceAsync<T>(
        Func<SamiaDbContext, LiveChanges, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await expected.HoldAsync(db, cancellationToken);
        var changes = new LiveChanges();
        var result = await work(db, changes, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await expected.NoteAsync(db, cancellationToken);
        if (changes.IsEmpty)
        {
            await transaction.CommitAsync(cancellationToken);
            expected.Done();
            SignalOutbox(db);
            return result;
        }

        // Last, because this row is locked until the commit and every writer of the business passes here.
        var sequence = await db.Database.SqlQuery<long>($"""
            update businesses set live_sequence = live_sequence + 1 where id = {db.Tenant.BusinessId}
            returning live_sequence
            """).ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        expected.Done();
        SignalOutbox(db);
        await publisher.PublishAsync(changes.ToEvent(db.Tenant.BusinessId, sequence[0]));
        return result;
    }

    // What was added to the outbox is sent at once by this node, whoever added it.
    private void SignalOutbox(SamiaDbContext db)
    {
        if (db.ChangeTracker.Entries<OutboxEntry>().Any())
        {
            outbox.Arrived(db.Tenant.BusinessId);
        }
    }
}
