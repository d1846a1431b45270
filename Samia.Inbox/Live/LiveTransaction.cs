using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Api.Webhooks;
using Samia.Inbox.Team;
using Samia.Inbox.WhatsApp;

namespace Samia.Inbox.Live;

/// <summary>
/// The one way to change what screens show: a transaction of the current tenant whose changes are numbered by its
/// last statement and told to every node after its commit, and to the business's webhooks by rows of the same transaction.
/// </summary>
[RequiresNoPermission("It runs what a service does that has asked.")]
public sealed class LiveTransaction(
    IDbContextFactory<SamiaDbContext> contexts, ExpectedVersion expected, LivePublisher publisher, OutboxSignal outbox,
    WebhookRecorder recorder, WebhookCallSignal webhooks)
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
        var record = new WebhookRecord();
        record.Watch(db);
        var result = await work(db, changes, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await expected.NoteAsync(db, cancellationToken);
        if (changes.IsEmpty && record.IsEmpty)
        {
            await transaction.CommitAsync(cancellationToken);
            expected.Done();
            SignalOutbox(db);
            return result;
        }

        var sequence = await NumberAsync(db, record, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        expected.Done();
        SignalOutbox(db);
        await publisher.PublishAsync(changes.ToEvent(db.Tenant.BusinessId, sequence));
        return result;
    }

    // Last, because this row is locked until the commit and every writer of the business passes here. The same statement
    // says who is to be told, so that a business without webhooks waits for nothing more; whoever deletes one waits for us.
    private async Task<long> NumberAsync(SamiaDbContext db, WebhookRecord record, CancellationToken cancellationToken)
    {
        var types = record.Types;
        var numbered = (await db.Database.SqlQuery<Numbered>($"""
            update businesses set live_sequence = live_sequence + 1 where id = {db.Tenant.BusinessId}
            returning live_sequence as sequence, case when cardinality({types}) > 0 then (
                select jsonb_object_agg(w.id, w.events)::text from (
                    select id, events from outgoing_webhooks
                    where business_id = {db.Tenant.BusinessId} and is_active and events && {types} for key share) w)
                end as subscriptions
            """).ToListAsync(cancellationToken))[0];
        if (numbered.Subscriptions is { } subscriptions)
        {
            recorder.Add(db, record, subscriptions);
            // Nobody goes on after this has failed, and it is to be one round trip.
            db.Database.AutoSavepointsEnabled = false;
            await db.SaveChangesAsync(cancellationToken);
        }

        return numbered.Sequence;
    }

    // What was added to the outbox is sent at once by this node, whoever added it.
    private void SignalOutbox(SamiaDbContext db)
    {
        foreach (var isCall in db.ChangeTracker.Entries<OutboxEntry>().Select(e => e.Entity.Kind == OutboxKind.CallWebhook).Distinct())
        {
            if (isCall)
            {
                webhooks.Arrived(db.Tenant.BusinessId);
            }
            else
            {
                outbox.Arrived(db.Tenant.BusinessId);
            }
        }
    }

    private sealed record Numbered(long Sequence, string? Subscriptions);
}
