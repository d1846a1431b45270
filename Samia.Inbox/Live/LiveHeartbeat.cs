using Microsoft.EntityFrameworkCore;
using Samia.Data;
using StackExchange.Redis;

namespace Samia.Inbox.Live;

/// <summary>
/// Every two seconds compares what this node received with what was committed, so that a lost event, even the last
/// one, leaves no screen wrong for longer than two comparisons.
/// </summary>
internal sealed partial class LiveHeartbeat(
    LiveFeed feed, IConnectionMultiplexer redis, IDbContextFactory<PlatformDbContext> platform, TimeProvider time,
    ILogger<LiveHeartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        redis.ConnectionRestored += (_, _) => feed.MissedSome();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CompareAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotCompared(exception);
            }
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        var watched = feed.Businesses;
        if (watched.Count == 0)
        {
            return;
        }

        foreach (var (id, sequence) in await CommittedSequencesAsync(watched, cancellationToken))
        {
            feed.Observe(id, sequence);
        }
    }

    private async Task<List<(Guid Id, long Sequence)>> CommittedSequencesAsync(
        IReadOnlyCollection<Guid> watched, CancellationToken cancellationToken)
    {
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        var rows = await db.Businesses.Where(b => watched.Contains(b.Id))
            .Select(b => new { b.Id, b.LiveSequence }).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => (r.Id, r.LiveSequence));
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Live sequence numbers could not be compared")]
    private partial void LogNotCompared(Exception exception);
}
