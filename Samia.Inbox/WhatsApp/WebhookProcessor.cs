using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.WhatsApp;

/// <summary>
/// Keeps the journal empty: runs a <see cref="WebhookPass"/> for each business that has rows to be processed, woken by
/// this node's arrivals and, for what other nodes or a crash left, by looking every second.
/// </summary>
internal sealed partial class WebhookProcessor(
    WebhookPass pass, WebhookSignal signal, IDbContextFactory<PlatformDbContext> platform, TimeProvider time,
    ILogger<WebhookProcessor> logger) : BackgroundService
{
    private const int MaxBusinesses = 4;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OtherNodeWorks = TimeSpan.FromMilliseconds(100);

    // True: more arrived while the business's pass ran.
    private readonly ConcurrentDictionary<Guid, bool> _running = new();
    private readonly SemaphoreSlim _slots = new(MaxBusinesses);

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var looking = LookAsync(stoppingToken);
        try
        {
            await foreach (var businessId in signal.Businesses.ReadAllAsync(stoppingToken))
            {
                Wake(businessId, stoppingToken);
            }
        }
        finally
        {
            await looking;
            while (!_running.IsEmpty)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private async Task LookAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = time.GetUtcNow();
                await using var db = await platform.CreateDbContextAsync(stoppingToken);
                var waiting = await db.WebhookLogs
                    .Where(w => w.Status == WebhookLogStatus.Pending && (w.NextAttemptAt == null || w.NextAttemptAt <= now))
                    .Select(w => w.BusinessId).Distinct().ToListAsync(stoppingToken);
                waiting.ForEach(signal.Arrived);
                await Task.Delay(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception)
            {
                LogNotLooked(exception);
                await Task.Delay(LookEvery, CancellationToken.None);
            }
        }
    }

    private void Wake(Guid businessId, CancellationToken stoppingToken)
    {
        if (_running.TryAdd(businessId, false))
        {
            _ = Task.Run(() => RunAsync(businessId, stoppingToken), CancellationToken.None);
        }
        else
        {
            _running[businessId] = true;
        }
    }

    private async Task RunAsync(Guid businessId, CancellationToken stoppingToken)
    {
        do
        {
            _running[businessId] = false;
            try
            {
                await RunPassAsync(businessId, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                // The rows stay pending, and the next look finds them.
                LogPassFailed(exception, businessId);
            }
        }
        while (!_running.TryRemove(new KeyValuePair<Guid, bool>(businessId, false)) && !stoppingToken.IsCancellationRequested);
        _running.TryRemove(businessId, out _);
    }

    private async Task RunPassAsync(Guid businessId, CancellationToken stoppingToken)
    {
        // Another node's pass may have read its last page already, so what arrived here is not left to it.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await _slots.WaitAsync(stoppingToken);
            try
            {
                if (await pass.TryRunAsync(businessId, stoppingToken))
                {
                    return;
                }
            }
            finally
            {
                _slots.Release();
            }

            await Task.Delay(OtherNodeWorks, stoppingToken);
        }
    }

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "The webhook journal could not be looked at")]
    private partial void LogNotLooked(Exception exception);

    [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "Webhooks of business {BusinessId} were interrupted")]
    private partial void LogPassFailed(Exception exception, Guid businessId);
}
