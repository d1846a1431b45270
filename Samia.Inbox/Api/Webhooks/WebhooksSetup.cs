using Microsoft.Extensions.Options;

namespace Samia.Inbox.Api.Webhooks;

internal static class WebhooksSetup
{
    public static void AddOutgoingWebhooks(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<WebhookOptions>().BindConfiguration(WebhookOptions.Section);
        services.AddSingleton<IValidateOptions<WebhookOptions>, ValidateWebhookOptions>();
        services.AddSingleton<PublicAddresses>();
        services.AddSingleton<WebhookCallSignal>();
        services.AddSingleton<WebhookRecorder>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookClaims>();
        services.AddScoped<WebhookUrl>();
        services.AddScoped<OutgoingWebhooks>();
        services.AddScoped<WebhookDeliveries>();
        services.AddScoped<WebhookOutcome>();
        services.AddScoped<WebhookDelivery>();
        services.AddWebhookCaller();
        services.AddHostedService<WebhookDispatcher>();
        services.AddHostedService<WebhookCleanup>();
    }

    private static void AddWebhookCaller(this IServiceCollection services)
    {
        var client = services.AddHttpClient<WebhookCaller>(http =>
        {
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Samia-Webhooks/1");
            // The caller's own patience covers the body too.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        // A log line per call would hold addresses, which may hold secrets of whoever receives.
        client.RemoveAllLoggers();
        client.UseSocketsHttpHandler((handler, provider) =>
        {
            handler.ConnectCallback = provider.GetRequiredService<PublicAddresses>().ConnectAsync;
            // A proxy would connect in our stead, to whatever address; a redirect would lead to one that nobody entered.
            handler.UseProxy = false;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.MaxResponseHeadersLength = 16;
            handler.MaxResponseDrainSize = 0;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30);
        });
    }
}
