namespace Samia.Inbox.WhatsApp;

internal static class WhatsAppRoom
{
    public static void AddWhatsApp(this WebApplicationBuilder builder)
    {
        builder.AddWhatsAppInbound();
        builder.AddWhatsAppOutbound();
    }

    public static void MapWhatsApp(this WebApplication app) => app.MapWebhook();
}
