using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Api;

/// <summary>Deletes the answers that were kept for a day, of all businesses: as <c>samia_platform</c>, which cannot read them.</summary>
internal sealed partial class IdempotentRequestCleanup(
    IDbContextFactory<PlatformDbContext> contexts, TimeProvider time, ILogger<IdempotentRequestCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await DeleteAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotDeleted(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - IdempotentRequests.KeptFor;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.IdempotentRequests.Where(r => r.CreatedAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 9002, Level = LogLevel.Warning, Message = "Kept answers of the API could not be deleted")]
    private partial void LogNotDeleted(Exception exception);
}
