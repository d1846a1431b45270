using System.Data;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Writes bodies to webhook_logs. Requests that arrive while a commit is under way share the next one, and each is
/// answered only after the commit that holds its own rows.
/// </summary>
[RequiresNoPermission("A webhook is sent by WhatsApp, which signs it: nobody acts.")]
internal sealed partial class WebhookJournal(
    PlatformDataSource platform, WebhookSignal signal, WebhookMetrics metrics, TimeProvider time,
    ILogger<WebhookJournal> logger) : BackgroundService
{
    private const int MaxGroup = 256;

    /// <summary>How often a commit lets others go first; each turn takes some microseconds.</summary>
    private const int MaxTurns = 128;

    // So many requests waited together for one commit that this machine has no time to spare.
    private const int PressedFrom = 8;
    private static readonly TimeSpan PressedFor = TimeSpan.FromMilliseconds(50);
    private long _pressedAt = -1;

    // Kept open: taking one from the pool and cleaning it for each commit would cost more than the commit's rows.
    private NpgsqlConnection? _connection;

    private const string Insert = """
        insert into webhook_logs (business_id, id, received_at, body, status, attempts)
        select business_id, id, received_at, body, status, 0
        from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::bytea[], $5::text[])
            as rows (business_id, id, received_at, body, status)
        """;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(
        new BoundedChannelOptions(4096) { SingleReader = true, SingleWriter = false });

    /// <summary>Requests pile up right now: whatever else there is to do should leave them the processor.</summary>
    public bool IsPressed => Volatile.Read(ref _pressedAt) is >= 0 and var at && time.GetElapsedTime(at) < PressedFor;

    /// <summary>Completes when the rows are on disk.</summary>
    /// <exception cref="NpgsqlException">They could not be written; none of them is.</exception>
    public async Task AppendAsync(IReadOnlyList<(Guid BusinessId, byte[] Body)> rows, CancellationToken cancellationToken)
    {
        var pending = new Pending(rows);
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        await pending.Committed.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Pending>(MaxGroup);
        var expected = 1;
        // Not by the token: what was taken is written before the process ends.
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Gather(group);
            // Those that the last commit answered come back one by one: let them catch up, and not wait for two commits.
            for (var turn = 0; group.Count < expected && turn < MaxTurns; turn++)
            {
                await Task.Yield();
                Gather(group);
            }

            expected = Math.Max(group.Count, expected * 3 / 4);
            await CommitAsync(group);
            group.Clear();
        }

        await CloseAsync();
    }

    private void Gather(List<Pending> group)
    {
        while (group.Count < MaxGroup && _queue.Reader.TryRead(out var pending))
        {
            group.Add(pending);
        }
    }

    private async Task CommitAsync(List<Pending> group)
    {
        try
        {
            await InsertAsync(group);
        }
        catch (Exception exception)
        {
            await CloseAsync();
            LogNotWritten(exception, group.Count);
            foreach (var pending in group)
            {
                pending.Committed.TrySetException(exception);
            }

            return;
        }

        foreach (var pending in group)
        {
            pending.Committed.TrySetResult();
        }

        metrics.Committed(group.Count);
        if (group.Count >= PressedFrom)
        {
            Volatile.Write(ref _pressedAt, time.GetTimestamp());
        }

        foreach (var businessId in group.SelectMany(p => p.Rows).Select(r => r.BusinessId).Distinct())
        {
            signal.Arrived(businessId);
        }
    }

    private async Task InsertAsync(List<Pending> group)
    {
        var kept = _connection is not null;
        try
        {
            await ExecuteAsync(group);
        }
        catch (NpgsqlException) when (kept && _connection?.State != ConnectionState.Open)
        {
            // It was closed since its last use. Should the rows be there after all, a body twice makes nothing twice.
            await CloseAsync();
            await ExecuteAsync(group);
        }
    }

    private async Task ExecuteAsync(List<Pending> group)
    {
        _connection ??= await platform.Value.OpenConnectionAsync();
        var rows = group.SelectMany(p => p.Rows).ToList();
        var now = time.GetUtcNow();
        await using var command = new NpgsqlCommand(Insert, _connection);
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.BusinessId) });
        command.Parameters.Add(new() { Value = rows.ConvertAll(_ => MessageIds.Next(now, now)) });
        command.Parameters.Add(new()
        {
            Value = Enumerable.Repeat(now, rows.Count).ToList(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new() { Value = rows.ConvertAll(r => r.Body) });
        command.Parameters.Add(new()
        {
            Value = rows.ConvertAll(r => r.BusinessId == WebhookLog.Unrouted ? "unrouted" : "pending"),
        });
        await command.PrepareAsync();
        await command.ExecuteNonQueryAsync();
    }

    private async Task CloseAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error,
        Message = "{Count} webhook requests could not be journaled; Meta will deliver them again")]
    private partial void LogNotWritten(Exception exception, int count);

    private sealed record Pending(IReadOnlyList<(Guid BusinessId, byte[] Body)> Rows)
    {
        public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
