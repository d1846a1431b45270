using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Platform;

/// <summary>Looks every few seconds whether a key was made elsewhere, and has this node's key ring read again if so.</summary>
internal sealed partial class KeyRingWatch(
    IDbContextFactory<PlatformDbContext> contexts, RefreshableKeyManager keys, TimeProvider time, ILogger<KeyRingWatch> logger)
    : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        int? newest = null;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(stoppingToken);
                var now = await db.DataProtectionKeys.MaxAsync(k => (int?)k.Id, stoppingToken);
                if (newest is not null && now != newest)
                {
                    keys.Refresh();
                    LogRefreshed();
                }

                newest = now;
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogNotLooked(failed);
            }
        }
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Information, Message = "There is a new key in the key ring; it is read again")]
    private partial void LogRefreshed();

    [LoggerMessage(EventId = 6002, Level = LogLevel.Warning, Message = "The key ring could not be looked at")]
    private partial void LogNotLooked(Exception exception);
}
