namespace Samia.Inbox.WhatsApp;

internal static class WhatsAppInbound
{
    public static void AddWhatsAppInbound(this WebApplicationBuilder builder)
    {
    }
}
