using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Samia.Inbox.Mail;

/// <summary>
/// No mail waits for long. Without e-mail the inbox serves, so this is never worse than degraded.
/// </summary>
internal sealed class MailHealth(MailQueue queue, IEnumerable<IMailTransport> transports, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (await queue.OldestAsync(cancellationToken) is not { } oldest)
        {
            return HealthCheckResult.Healthy();
        }

        return !transports.Any() ? HealthCheckResult.Degraded("E-mails wait, because no way to send them is configured.")
            : time.GetUtcNow() - oldest > Patience ? HealthCheckResult.Degraded("E-mails cannot be sent. The log says why.")
            : HealthCheckResult.Healthy();
    }
}
