using Microsoft.EntityFrameworkCore;
using Npgsql;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Takes a business's pending journal rows from the oldest to the newest and applies their events: those of one
/// sender one after another, those of different senders side by side. Events are applied before their row is marked,
/// and applying one again changes nothing, so a crash in between loses and repeats nothing.
/// </summary>
[RequiresNoPermission("A worker over all businesses, which enters each as the product.")]
internal sealed partial class WebhookPass(
    IServiceProvider services, PlatformDataSource platform, WebhookJournal journal, WebhookMetrics metrics,
    TimeProvider time, ILogger<WebhookPass> logger)
{
    public const int MaxAttempts = 8;
    private const int MaxParallel = 8;
    private const int MaxRows = 200;
    private const int MaxBytes = 16 * 1024 * 1024;

    // In a burst the next page is read a little later, when it is worth reading: what a page costs is shared by its rows,
    // and the answers that Meta waits for come first. Nobody sees the difference on a screen.
    private const int FewRows = 50;
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    /// <summary>While requests pile up, a pass rests so many times as long as a page took it: answers come first.</summary>
    private const int RestWhilePressed = 4;

    /// <summary>How many events of one sender share a transaction.</summary>
    private const int Chunk = 20;

    /// <returns>False if another node is at it.</returns>
    public async Task<bool> TryRunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var connection = await platform.Value.OpenConnectionAsync(cancellationToken);
        if (!await LockAsync(connection, "pg_try_advisory_lock", businessId, cancellationToken))
        {
            return false;
        }

        try
        {
            await RunAsync(businessId, cancellationToken);
        }
        finally
        {
            await LockAsync(connection, "pg_advisory_unlock", businessId, CancellationToken.None);
        }

        return true;
    }

    private static async Task<bool> LockAsync(
        NpgsqlConnection connection, string function, Guid businessId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select {function}(hashtextextended('webhooks:' || $1, 0))", connection)
        {
            Parameters = { new() { Value = businessId.ToString() } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        var blocked = new BlockedKeys();
        for (var after = Guid.Empty; ;)
        {
            await using var scope = services.CreateTenantScope(businessId);
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<SamiaDbContext>>()
                .CreateDbContextAsync(cancellationToken);
            var began = time.GetTimestamp();
            var rows = await PageAsync(db, after, cancellationToken);
            if (rows.Count == 0)
            {
                return;
            }

            after = rows[^1].Id;
            var tasks = rows.ConvertAll(r => WebhookTask.Read(r, time.GetUtcNow()));
            await BlockByWaitingAsync(db, tasks, blocked, cancellationToken);
            var lanes = Lanes.Of(await StepsAsync(db, tasks, cancellationToken));
            await Parallel.ForEachAsync(lanes.Where(l => !blocked.Defer(l)),
                new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken },
                async (lane, ct) => await RunLaneAsync(businessId, lane, blocked, ct));
            await FinishAsync(db, tasks, cancellationToken);
            if (rows.Count < FewRows)
            {
                await Task.Delay(Gather, cancellationToken);
            }
            else if (journal.IsPressed)
            {
                await Task.Delay(RestWhilePressed * time.GetElapsedTime(began), cancellationToken);
            }
        }
    }

    private static Task<List<WebhookLog>> PageAsync(SamiaDbContext db, Guid after, CancellationToken cancellationToken) =>
        db.WebhookLogs.FromSql($"""
            select * from (
                select *, sum(octet_length(body)) over (order by id) - octet_length(body) as bytes_before from webhook_logs
                where status = 'pending' and id > {after} order by id limit {MaxRows}) page
            where bytes_before < {MaxBytes}
            """).AsNoTracking().OrderBy(w => w.Id).ToListAsync(cancellationToken);

    // What Meta delivers again is left out by one question for the page, and not by one for each.
    private static async Task<List<LaneStep>> StepsAsync(
        SamiaDbContext db, List<WebhookTask> tasks, CancellationToken cancellationToken)
    {
        var steps = tasks.Where(t => t.IsDue).SelectMany(t => t.Events.Select(e => new LaneStep(t, e))).ToList();
        var wamids = steps.Select(s => s.Event.Event).OfType<IncomingMessage>().Select(m => m.Wamid).Distinct().ToList();
        var applied = await Intake.AppliedAsync(db, wamids, cancellationToken);
        steps.RemoveAll(s => s.Event.Event is IncomingMessage m && applied.Contains(m.Wamid));
        return steps;
    }

    /// <summary>A row that waits for its next attempt holds back what its senders wrote later, but only theirs.</summary>
    private static async Task BlockByWaitingAsync(
        SamiaDbContext db, List<WebhookTask> tasks, BlockedKeys blocked, CancellationToken cancellationToken)
    {
        var waiting = tasks.Where(t => !t.IsDue).ToList();
        if (waiting.Count == 0)
        {
            return;
        }

        var wamids = waiting.SelectMany(t => t.Events).Select(e => e.Event).OfType<IncomingMessage>()
            .Select(m => m.Wamid).ToList();
        var applied = await Intake.AppliedAsync(db, wamids, cancellationToken);
        foreach (var task in waiting)
        {
            foreach (var waitingEvent in task.Events.Where(e => e.Event is not IncomingMessage m || !applied.Contains(m.Wamid)))
            {
                blocked.Add(waitingEvent.LaneKeys, task.Row.NextAttemptAt!.Value);
            }
        }
    }

    private async Task RunLaneAsync(
        Guid businessId, IReadOnlyList<LaneStep> lane, BlockedKeys blocked, CancellationToken cancellationToken)
    {
        for (var start = 0; start < lane.Count; start += Chunk)
        {
            LaneStep[] chunk = [.. lane.Skip(start).Take(Chunk)];
            if (await TryApplyAsync(businessId, chunk, cancellationToken) is null)
            {
                continue;
            }

            // One of them fails all: find it, and keep those before it.
            for (var i = 0; i < chunk.Length; i++)
            {
                if (await TryApplyAsync(businessId, [chunk[i]], cancellationToken) is { } error)
                {
                    chunk[i].Task.Fail(error, time.GetUtcNow());
                    blocked.Defer([.. lane.Skip(start + i)], chunk[i].Task.RetryAt);
                    return;
                }
            }
        }
    }

    private async Task<Exception?> TryApplyAsync(Guid businessId, LaneStep[] steps, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = services.CreateTenantScope(businessId);
            await scope.ServiceProvider.GetRequiredService<Intake>()
                .ApplyAsync([.. steps.Select(s => s.Event.Event)], cancellationToken);
            return null;
        }
        catch (Exception exception) when (IsOfTheEvent(exception))
        {
            return exception;
        }
    }

    // A database that is away is no fault of the event: the pass ends, and nothing is counted against its rows.
    private static bool IsOfTheEvent(Exception exception) =>
        exception is not OperationCanceledException
        && (exception is DbUpdateException { InnerException: { } inner } ? inner : exception) is PostgresException
            { SqlState: not (PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
                or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections) }
            or not NpgsqlException;

    private async Task FinishAsync(SamiaDbContext db, List<WebhookTask> tasks, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var done = tasks.Where(t => t is { IsDue: true, Succeeded: true }).Select(t => t.Row.Id).ToList();
        await db.WebhookLogs.Where(w => done.Contains(w.Id)).ExecuteUpdateAsync(row => row
            .SetProperty(w => w.Status, WebhookLogStatus.Done).SetProperty(w => w.ProcessedAt, now)
            .SetProperty(w => w.NextAttemptAt, (DateTimeOffset?)null).SetProperty(w => w.LastError, (string?)null),
            cancellationToken);

        foreach (var task in tasks.Where(t => t is { IsDue: true, Succeeded: false }))
        {
            db.Attach(task.Row);
            task.Finish(now);
            if (task.Row.Status == WebhookLogStatus.Dead)
            {
                metrics.Dead();
                LogDead(task.Row.Id, task.Row.BusinessId, task.Row.Attempts, task.Row.LastError);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 2004, Level = LogLevel.Error,
        Message = "Webhook {Id} of business {BusinessId} was given up after {Attempts} attempts: {Error}")]
    private partial void LogDead(Guid id, Guid businessId, int attempts, string? error);
}
