using Microsoft.EntityFrameworkCore;
using Samia.Data;
using Samia.Inbox.Team;

namespace Samia.Inbox.Businesses;

/// <summary>Looks every minute in which businesses admins are to be mailed that their plan is nearly used up, or is.</summary>
internal sealed partial class UsageMailWorker(
    IDbContextFactory<PlatformDbContext> contexts, IServiceProvider services, TimeProvider time, ILogger<UsageMailWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                foreach (var businessId in await DueAsync(stoppingToken))
                {
                    await MailAsync(businessId, stoppingToken);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotLooked(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // One whose admins cannot be mailed does not keep the others.
    private async Task MailAsync(Guid businessId, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = services.CreateTenantScope(businessId);
            await scope.ServiceProvider.GetRequiredService<UsageMails>().SendAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotMailed(exception, businessId);
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - UsageMails.Worth;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.AdminNotifications
            .Where(n => n.Kind == Usage.Kind && n.CreatedAt > since && !EF.Functions.JsonExists(n.Details!, "mailedAt"))
            .Select(n => n.BusinessId).Distinct().ToListAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 8201, Level = LogLevel.Error, Message = "The admins of business {BusinessId} could not be mailed how much of their plan is used; the next look tries again")]
    private partial void LogNotMailed(Exception exception, Guid businessId);

    [LoggerMessage(EventId = 8202, Level = LogLevel.Error, Message = "What admins are to be mailed of their plan could not be looked for")]
    private partial void LogNotLooked(Exception exception);
}
