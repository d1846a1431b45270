using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Sends what waits in the outbox of all businesses: at once where this node queued it, by a look each second for what
/// other nodes left. Entries of one conversation go one after another, those of different ones side by side.
/// </summary>
internal sealed partial class OutboundDispatcher(
    IServiceProvider services, OutboxClaims claims, OutboxSignal signal, OutboundMetrics metrics,
    IOptions<OutboundOptions> options, TimeProvider time, ILogger<OutboundDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MeasureEvery = TimeSpan.FromSeconds(10);
    private readonly OutboundOptions _options = options.Value;

    // By entry, so that what is under way can be counted per business and waited for.
    private readonly ConcurrentDictionary<Guid, (Guid BusinessId, Task Task)> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var calls = new CancellationTokenSource();
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

                await StartDueAsync(wanted, calls.Token, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Calls under way may finish, for a moment; what is cut off then counts as unanswered.
            calls.CancelAfter(Grace);
            await Task.WhenAll(_running.Values.Select(r => r.Task));
        }
        finally
        {
            await ticking;
        }
    }

    private async Task StartDueAsync(HashSet<Guid> wanted, CancellationToken calls, CancellationToken stoppingToken)
    {
        var free = _options.MaxParallel - _running.Count;
        if (free <= 0 || wanted.Count == 0)
        {
            // The end of any call comes by here again.
            return;
        }

        try
        {
            var now = time.GetUtcNow();
            var busy = _running.Values.CountBy(r => r.BusinessId).ToDictionary();
            var claimed = await claims.ClaimAsync(wanted.Contains(OutboxSignal.All) ? null : wanted, busy,
                _options.MaxParallelPerBusiness, free, now, now + _options.ClaimFor, stoppingToken);
            if (claimed.Count < free)
            {
                wanted.Clear();
            }

            foreach (var claim in claimed)
            {
                // It starts once it is counted, so that its end, however soon, is counted too.
                var gate = new TaskCompletionSource();
                _running[claim.Id] = (claim.BusinessId, RunAsync(claim, gate.Task, calls));
                gate.SetResult();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next look finds what is due.
            LogNotClaimed(exception);
        }
    }

    private async Task RunAsync(OutboxClaim claim, Task registered, CancellationToken cancellationToken)
    {
        await registered.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var scope = services.CreateTenantScope(claim.BusinessId);
            await (claim.Kind == OutboxKind.SendMessage
                ? scope.ServiceProvider.GetRequiredService<MessageDelivery>().DeliverAsync(claim, cancellationToken)
                : scope.ServiceProvider.GetRequiredService<ReadReceiptDelivery>().DeliverAsync(claim, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The claim ends by itself, and whoever takes the entry up sees whether a call had begun.
        }
        catch (Exception exception)
        {
            LogInterrupted(exception, claim.Id, claim.BusinessId);
            await GiveBackAsync(claim, exception, cancellationToken);
        }
        finally
        {
            _running.TryRemove(claim.Id, out _);
            signal.Arrived(claim.BusinessId);
        }
    }

    // Whether a call had begun stays written with the entry.
    private async Task GiveBackAsync(OutboxClaim claim, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            var attempts = OutboxCompletion.IsOfTheDatabase(fault) ? claim.Attempts : claim.Attempts + 1;
            await claims.LaterAsync(claim, time.GetUtcNow() + AfterFault, attempts, answered: false,
                fault.GetType().Name, cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotClaimed(exception);
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.LookEvery);
        var measured = DateTimeOffset.MinValue;
        try
        {
            do
            {
                signal.Arrived(OutboxSignal.All);
                if (time.GetUtcNow() - measured >= MeasureEvery)
                {
                    measured = time.GetUtcNow();
                    await MeasureAsync(measured, stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task MeasureAsync(DateTimeOffset now, CancellationToken stoppingToken)
    {
        try
        {
            metrics.OldestDue(await claims.OldestDueAsync(stoppingToken) is { } due ? now - due : TimeSpan.Zero);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotClaimed(exception);
        }
    }

    [LoggerMessage(EventId = 2106, Level = LogLevel.Error, Message = "The outbox could not be read or written")]
    private partial void LogNotClaimed(Exception exception);

    [LoggerMessage(EventId = 2107, Level = LogLevel.Error, Message = "Sending entry {Id} of business {BusinessId} was interrupted")]
    private partial void LogInterrupted(Exception exception, Guid id, Guid businessId);
}
