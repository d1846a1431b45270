using Microsoft.EntityFrameworkCore;
using Samia.Data;

namespace Samia.Inbox.Team;

/// <summary>Hands back what somebody had in hand whose deactivation was interrupted, by a crash or a page that was closed.</summary>
internal sealed partial class DepartureWorker(
    IServiceProvider services, IDbContextFactory<PlatformDbContext> platform, TimeProvider time, ILogger<DepartureWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await FinishAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotFinished(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var (businessId, employeeId) in await InterruptedAsync(cancellationToken))
        {
            await using var scope = services.CreateTenantScope(businessId);
            var count = await scope.ServiceProvider.GetRequiredService<Departures>().FinishAsync(employeeId, cancellationToken);
            LogFinished(count, employeeId);
        }
    }

    private async Task<List<(Guid BusinessId, Guid EmployeeId)>> InterruptedAsync(CancellationToken cancellationToken)
    {
        // Others are being handed back this moment.
        var since = time.GetUtcNow() - Interval;
        await using var db = await platform.CreateDbContextAsync(cancellationToken);
        var found = await db.Employees.Where(e => e.HandsBackSince < since)
            .Select(e => new { e.BusinessId, e.Id }).ToListAsync(cancellationToken);
        return found.ConvertAll(e => (e.BusinessId, e.Id));
    }

    [LoggerMessage(EventId = 5022, Level = LogLevel.Warning, Message = "Conversations of somebody who left could not be handed back yet")]
    private partial void LogNotFinished(Exception exception);

    [LoggerMessage(EventId = 5023, Level = LogLevel.Information, Message = "{Count} conversations of employee {EmployeeId}, who left, were handed back late")]
    private partial void LogFinished(int count, Guid employeeId);
}
