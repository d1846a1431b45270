using Microsoft.Extensions.Options;

namespace Samia.Inbox.Platform;

/// <summary>Looks for closed businesses whose grace period is over, and has them deleted.</summary>
internal sealed partial class BusinessDeletionWorker(
    BusinessDeletion deletion, IOptions<PlatformOptions> options, TimeProvider time, ILogger<BusinessDeletionWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.DeleteEvery, time);
        do
        {
            try
            {
                foreach (var businessId in await deletion.DueAsync(stoppingToken))
                {
                    await DeleteAsync(businessId, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotLooked(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // One that cannot be deleted does not keep the others.
    private async Task DeleteAsync(Guid businessId, CancellationToken stoppingToken)
    {
        try
        {
            if (await deletion.DeleteAsync(businessId, stoppingToken) is { } rows)
            {
                LogDeleted(businessId, rows);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotDeleted(exception, businessId);
        }
    }

    [LoggerMessage(EventId = 8103, Level = LogLevel.Warning, Message = "The closed business {BusinessId} was deleted after its grace period: {Rows} rows")]
    private partial void LogDeleted(Guid businessId, long rows);

    [LoggerMessage(EventId = 8104, Level = LogLevel.Error, Message = "The closed business {BusinessId} could not be deleted; the next look goes on")]
    private partial void LogNotDeleted(Exception exception, Guid businessId);

    [LoggerMessage(EventId = 8105, Level = LogLevel.Error, Message = "Closed businesses could not be looked for")]
    private partial void LogNotLooked(Exception exception);
}
