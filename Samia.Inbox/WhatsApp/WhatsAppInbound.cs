namespace Samia.Inbox.WhatsApp;

internal static class WhatsAppInbound
{
    public static void AddWhatsAppInbound(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ConnectionDirectory>();
        builder.Services.AddSingleton<WebhookRouter>();
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton<UnroutedLimiter>();
        builder.Services.AddSingleton<WebhookSignal>();
        builder.Services.AddSingleton<WebhookJournal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WebhookJournal>());
        builder.Services.AddSingleton<WebhookPass>();
        builder.Services.AddHostedService<WebhookProcessor>();
        builder.Services.AddScoped<DeadLetters>();
    }
}
