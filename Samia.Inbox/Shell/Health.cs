using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Samia.Inbox.Shell;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can serve; 503 while it cannot, and from the
/// moment it is told to stop. Both are open to anybody and say no more than the names of the checks.
/// </summary>
internal static class Health
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Stopping>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Stopping>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Stopping.Patience(builder.Configuration));
        builder.Services.AddHealthChecks()
            .AddCheck<Stopping>("running")
            .AddCheck<AppDatabaseHealth>("database-app", timeout: Patience)
            .AddCheck<PlatformDatabaseHealth>("database-platform", timeout: Patience)
            .AddCheck<RedisHealth>("redis", HealthStatus.Degraded, timeout: Patience);
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .AllowAnonymous();
        app.MapHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync }).AllowAnonymous();
    }

    // Descriptions are our own sentences. Exceptions, which name hosts and users, are only logged.
    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(Name(report.Status), report.Entries.ToDictionary(e => e.Key,
            e => new HealthLine(Name(e.Value.Status), e.Value.Exception is null ? e.Value.Description : null,
                (int)e.Value.Duration.TotalMilliseconds))),
        context.RequestAborted);

    private static string Name(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <summary>What a health endpoint answers.</summary>
internal sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, HealthLine> Checks);

/// <summary>One check of it; the note is for whoever has to act.</summary>
internal sealed record HealthLine(string Status, string? Note, int Milliseconds);
