namespace Samia.Inbox.Team;

/// <summary>Does what <see cref="PasswordResets"/> took.</summary>
internal sealed partial class PasswordResetWorker(
    PasswordResets resets, IServiceScopeFactory scopes, ILogger<PasswordResetWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in resets.Asked.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<PasswordReset>().SendLinkAsync(request, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotSent(exception);
            }
        }
    }

    [LoggerMessage(EventId = 5014, Level = LogLevel.Error, Message = "A link for a new password could not be queued; whoever waits for it has to ask again")]
    private partial void LogNotSent(Exception exception);
}
