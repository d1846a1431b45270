using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace Samia.Inbox.WhatsApp;

internal static class WhatsAppOutbound
{
    private const int MaxAnswerBytes = 256 * 1024;

    public static void AddWhatsAppOutbound(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<WhatsAppOptions>().BindConfiguration(WhatsAppOptions.Section);
        services.AddOptionsWithValidateOnStart<OutboundOptions>().BindConfiguration(OutboundOptions.Section);
        services.AddSingleton<IValidateOptions<WhatsAppOptions>, ValidateWhatsAppOptions>();
        services.AddSingleton<IValidateOptions<OutboundOptions>, ValidateOutboundOptions>();
        services.AddWhatsAppClient();
        services.AddSingleton<OutboundMetrics>();
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxClaims>();
        services.AddScoped<ErrorSentences>();
        services.AddScoped<OutboxCompletion>();
        services.AddScoped<SendingTrouble>();
        services.AddScoped<MessageDelivery>();
        services.AddScoped<ReadReceiptDelivery>();
        services.AddHostedService<OutboundDispatcher>();
    }

    private static void AddWhatsAppClient(this IServiceCollection services)
    {
        var client = services.AddHttpClient<WhatsAppClient>((provider, http) =>
        {
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            // The pipeline below ends when the head of the answer is there; this ends a body that never does.
            http.Timeout = CallTimeoutOf(provider) + TimeSpan.FromSeconds(5);
        });
        // A log line per call says less than the dispatcher's, and must never hold a header.
        client.RemoveAllLoggers();
        client.UseSocketsHttpHandler((handler, _) =>
        {
            // A redirect would carry a customer's words to somewhere else.
            handler.AllowAutoRedirect = false;
            handler.AutomaticDecompression = DecompressionMethods.All;
            handler.ConnectTimeout = TimeSpan.FromSeconds(10);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
            handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50);
            handler.UseCookies = false;
        });
        // Timeouts alone: a second POST of the same message would be a second message.
        client.AddResilienceHandler("once", (pipeline, context) =>
            pipeline.AddTimeout(CallTimeoutOf(context.ServiceProvider)));
    }

    private static TimeSpan CallTimeoutOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<OutboundOptions>>().Value.CallTimeout;
}
