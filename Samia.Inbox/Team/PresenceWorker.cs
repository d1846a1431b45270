using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>
/// Writes down whose circuits this node has, says every 20 seconds that it still has them, and forgets those of a node
/// that has not said so for a minute: a node that was killed takes nobody along as present.
/// </summary>
internal sealed partial class PresenceWorker(
    NodeCircuits node, IServiceProvider services, IDbContextFactory<PlatformDbContext> platform, TimeProvider time,
    ILogger<PresenceWorker> logger) : BackgroundService
{
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How long after a node was stopped its people may take to open the same page on another.</summary>
    public static readonly TimeSpan MovingTime = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(3);

    private DateTimeOffset _renewedAt = DateTimeOffset.MinValue;
    private bool _renewed = true;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await SeenAsync(time.GetUtcNow() - Patience + MovingTime, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                if (time.GetUtcNow() - _renewedAt >= Renewal)
                {
                    await RenewAsync(stoppingToken);
                }

                await WriteAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
                await Task.Delay(AfterFailure, time, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var changes in node.Due())
        {
            await using var scope = services.CreateTenantScope(changes.BusinessId);
            await scope.ServiceProvider.GetRequiredService<CircuitRegister>().WriteAsync(node.NodeId, changes, cancellationToken);
            node.Written(changes);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        // After a failure the database may have been away, and other nodes may not have come back to it yet.
        var sweep = _renewed;
        (_renewedAt, _renewed) = (time.GetUtcNow(), false);
        node.Renewed(await SeenAsync(_renewedAt, cancellationToken));
        if (sweep)
        {
            await SweepAsync(cancellationToken);
        }

        _renewed = true;
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var dead = time.GetUtcNow() - Patience;
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        var businesses = await db.OpenCircuits.Where(c => c.SeenAt < dead).Select(c => c.BusinessId).Distinct()
            .ToListAsync(cancellationToken);
        foreach (var business in businesses)
        {
            await using var scope = services.CreateTenantScope(business);
            await scope.ServiceProvider.GetRequiredService<CircuitRegister>().SweepAsync(dead, cancellationToken);
        }
    }

    /// <returns>The circuits of this node that the database has.</returns>
    private async Task<HashSet<Guid>> SeenAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        var ids = await db.Database.SqlQuery<Guid>(
            $"update open_circuits set seen_at = {at} where node_id = {node.NodeId} returning id").ToListAsync(cancellationToken);
        return [.. ids];
    }

    [LoggerMessage(EventId = 5020, Level = LogLevel.Warning, Message = "Who is present on this node could not be written down")]
    private partial void LogFailed(Exception exception);
}
