using System.Collections.Concurrent;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>
/// Works on what is due in a queue of all businesses: at once where this node queued it, by a look every so often for
/// what other nodes left. Each entry is claimed first, so that one node has it; claims are worked on side by side.
/// </summary>
/// <param name="services">To make scopes of.</param>
/// <param name="signal">Says that a business has something to do.</param>
/// <param name="lookEvery">How often to look for what other nodes left.</param>
/// <param name="maxParallel">How many claims are worked on side by side on this node.</param>
/// <param name="time">This node's clock.</param>
/// <param name="logger">The dispatcher's.</param>
internal abstract partial class ClaimDispatcher<TClaim>(
    IServiceProvider services, BusinessSignal signal, TimeSpan lookEvery, int maxParallel, TimeProvider time, ILogger logger)
    : BackgroundService
    where TClaim : IClaim
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // By entry, so that what is under way can be counted per share and waited for.
    private readonly ConcurrentDictionary<Guid, (Guid Share, Task Task)> _running = new();

    protected DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Takes entries that are due.</summary>
    /// <param name="only">The businesses to look at; null for all.</param>
    /// <param name="busy">How many of a share are under way on this node.</param>
    /// <param name="limit">How many to take.</param>
    /// <param name="now">By this node's clock.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    protected abstract Task<List<TClaim>> ClaimAsync(
        IReadOnlyCollection<Guid>? only, IReadOnlyDictionary<Guid, int> busy, int limit, DateTimeOffset now,
        CancellationToken cancellationToken);

    /// <summary>Works on one, in a scope of its business. If it is cut off, its claim ends by itself.</summary>
    protected abstract Task WorkAsync(TClaim claim, IServiceProvider tenant, CancellationToken cancellationToken);

    /// <summary>It failed in a way that nobody foresaw.</summary>
    protected abstract Task FailedAsync(TClaim claim, Exception fault, CancellationToken cancellationToken);

    /// <summary>Done at each look.</summary>
    protected virtual Task LookAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var work = new CancellationTokenSource();
        var ticking = TickAsync(stoppingToken);
        var wanted = new HashSet<Guid>();
        try
        {
            while (await signal.Businesses.WaitToReadAsync(stoppingToken))
            {
                while (signal.Businesses.TryRead(out var businessId))
                {
                    wanted.Add(businessId);
                }

                await StartDueAsync(wanted, work.Token, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is under way may finish, for a moment.
            work.CancelAfter(Grace);
            await Task.WhenAll(_running.Values.Select(r => r.Task));
        }
        finally
        {
            await ticking;
        }
    }

    /// <summary>Does it if the queue can be reached. If not, the next look does.</summary>
    protected async Task ReachAsync(Func<Task> reach)
    {
        try
        {
            await reach();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotReached(logger, exception);
        }
    }

    private Task StartDueAsync(HashSet<Guid> wanted, CancellationToken work, CancellationToken stoppingToken) => ReachAsync(async () =>
    {
        var free = maxParallel - _running.Count;
        if (free <= 0 || wanted.Count == 0)
        {
            // The end of any comes by here again.
            return;
        }

        var busy = _running.Values.CountBy(r => r.Share).ToDictionary();
        var claimed = await ClaimAsync(
            wanted.Contains(BusinessSignal.All) ? null : wanted, busy, free, Now, stoppingToken);
        if (claimed.Count < free)
        {
            wanted.Clear();
        }

        foreach (var claim in claimed)
        {
            // It starts once it is counted, so that its end, however soon, is counted too.
            var gate = new TaskCompletionSource();
            _running[claim.Id] = (claim.Share, RunAsync(claim, gate.Task, work));
            gate.SetResult();
        }
    });

    private async Task RunAsync(TClaim claim, Task registered, CancellationToken cancellationToken)
    {
        await registered.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var scope = services.CreateTenantScope(claim.BusinessId);
            await WorkAsync(claim, scope.ServiceProvider, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            LogInterrupted(logger, fault, claim.Id, claim.BusinessId);
            await ReachAsync(() => FailedAsync(claim, fault, cancellationToken));
        }
        finally
        {
            _running.TryRemove(claim.Id, out _);
            signal.Arrived(claim.BusinessId);
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(lookEvery);
        try
        {
            do
            {
                signal.Arrived(BusinessSignal.All);
                await ReachAsync(() => LookAsync(stoppingToken));
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(EventId = 1010, Level = LogLevel.Error, Message = "What is due could not be read or written")]
    private static partial void LogNotReached(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Error, Message = "Work on entry {Id} of business {BusinessId} was interrupted")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, Guid id, Guid businessId);
}
