using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Samia.Inbox.Shell;

/// <summary>
/// Told to stop (SIGTERM), the node first says so at <c>/health/ready</c> and goes on serving for
/// <c>Samia:DrainSeconds</c> (default 0), so that a balancer which asks has time to send people elsewhere. Then
/// requests under way are finished, what they wrote is journaled, and the process ends.
/// </summary>
internal sealed class Stopping(IConfiguration configuration, TimeProvider time) : IHostedLifecycleService, IHealthCheck
{
    private readonly TimeSpan _drain = TimeSpan.FromSeconds(configuration.GetValue("Samia:DrainSeconds", 0));
    private volatile bool _stopping;

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_stopping ? HealthCheckResult.Unhealthy("This node is stopping.") : HealthCheckResult.Healthy());

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        return Task.Delay(_drain, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
