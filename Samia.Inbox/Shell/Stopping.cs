using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Samia.Inbox.Shell;

/// <summary>
/// Told to stop (SIGTERM), the node first says so at <c>/health/ready</c> and goes on serving for
/// <c>Samia:DrainSeconds</c> (default 0), so that a balancer which asks has time to send people elsewhere. Then
/// requests under way are finished, what they wrote is journaled, and the process ends.
/// </summary>
internal sealed class Stopping(IConfiguration configuration, TimeProvider time) : IHostedLifecycleService, IHealthCheck
{
    // Orchestrators kill after 30 s or so; what is not done by then is Meta's to deliver again.
    private static readonly TimeSpan FinishWithin = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _drain = Drain(configuration);
    private volatile bool _stopping;

    /// <summary>How long stopping may take before the process ends nevertheless.</summary>
    public static TimeSpan Patience(IConfiguration configuration) => Drain(configuration) + FinishWithin;

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

    private static TimeSpan Drain(IConfiguration configuration) =>
        TimeSpan.FromSeconds(configuration.GetValue("Samia:DrainSeconds", 0));
}
