using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>
/// Calls the webhooks of all businesses: at once where this node wrote the delivery, by a look each second for what other
/// nodes left and for what is to be tried again. It shares nothing with WhatsApp's dispatcher, which never waits for it.
/// </summary>
internal sealed partial class WebhookDispatcher(
    IServiceProvider services, WebhookClaims claims, WebhookCallSignal signal, IOptions<WebhookOptions> options,
    TimeProvider time, ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly WebhookOptions _options = options.Value;

    // By delivery, so that what is under way can be counted per webhook and waited for.
    private readonly ConcurrentDictionary<Guid, (Guid WebhookId, Task Task)> _running = new();

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
            // Calls under way may finish, for a moment; what is cut off is made again.
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
            var busy = _running.Values.CountBy(r => r.WebhookId).ToDictionary();
            var claimed = await claims.ClaimAsync(wanted.Contains(WebhookCallSignal.All) ? null : wanted, busy,
                _options.MaxParallelPerWebhook, free, now, now + _options.ClaimFor, stoppingToken);
            if (claimed.Count < free)
            {
                wanted.Clear();
            }

            foreach (var claim in claimed)
            {
                // It starts once it is counted, so that its end, however soon, is counted too.
                var gate = new TaskCompletionSource();
                _running[claim.Id] = (claim.WebhookId, RunAsync(claim, gate.Task, calls));
                gate.SetResult();
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The next look finds what is due.
            LogNotClaimed(exception);
        }
    }

    private async Task RunAsync(WebhookClaim claim, Task registered, CancellationToken cancellationToken)
    {
        await registered.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var scope = services.CreateTenantScope(claim.BusinessId);
            await scope.ServiceProvider.GetRequiredService<WebhookDelivery>().DeliverAsync(claim, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The claim ends by itself, and then the call is made again.
        }
        catch (Exception exception)
        {
            LogInterrupted(exception, claim.Id, claim.BusinessId);
        }
        finally
        {
            _running.TryRemove(claim.Id, out _);
            signal.Arrived(claim.BusinessId);
        }
    }

    private async Task TickAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.LookEvery);
        try
        {
            do
            {
                signal.Arrived(WebhookCallSignal.All);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(EventId = 9101, Level = LogLevel.Error, Message = "Due webhook calls could not be read")]
    private partial void LogNotClaimed(Exception exception);

    [LoggerMessage(EventId = 9102, Level = LogLevel.Error,
        Message = "Webhook delivery {Id} of business {BusinessId} was interrupted; it is tried again when its claim ends")]
    private partial void LogInterrupted(Exception exception, Guid id, Guid businessId);
}
