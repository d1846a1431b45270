using Microsoft.Extensions.Options;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Deletes deliveries that were kept long enough, business by business.</summary>
internal sealed partial class WebhookCleanup(
    IServiceProvider services, WebhookClaims claims, IOptions<WebhookOptions> options, TimeProvider time,
    ILogger<WebhookCleanup> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

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
        var before = time.GetUtcNow() - options.Value.KeepFor;
        foreach (var businessId in await claims.BusinessesAsync(cancellationToken))
        {
            await using var scope = services.CreateTenantScope(businessId);
            await scope.ServiceProvider.GetRequiredService<WebhookDeliveries>().ForgetAsync(before, cancellationToken);
        }
    }

    [LoggerMessage(EventId = 9104, Level = LogLevel.Warning, Message = "Old webhook deliveries could not be deleted")]
    private partial void LogNotDeleted(Exception exception);
}
