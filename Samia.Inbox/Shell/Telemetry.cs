using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Samia.Inbox.Team;

namespace Samia.Inbox.Shell;

/// <summary>
/// Metrics and traces by OTLP, if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The other <c>OTEL_</c> variables of
/// the OpenTelemetry specification hold too, such as <c>OTEL_SERVICE_NAME</c> (default <c>samia-inbox</c>).
/// </summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? "samia-inbox",
                serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(),
                serviceInstanceId: Environment.MachineName))
            .WithMetrics(metrics => metrics
                .AddMeter("Samia.*", "Npgsql", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.Components*")
                .AddAspNetCoreInstrumentation())
            .WithTracing(traces => traces
                .AddSource("Npgsql", "System.Net.Http")
                // Balancers ask for health every few seconds, a circuit's request is as long as its screen, and the
                // address of an e-mail's link holds a secret.
                .AddAspNetCoreInstrumentation(requests => requests.Filter = context =>
                    !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/_blazor")
                    && !LinkSecrets.AreIn(context.Request.Path)))
            .UseOtlpExporter();
    }
}
