namespace Samia.Inbox.WhatsApp;

internal static class WhatsAppOutbound
{
    public static void AddWhatsAppOutbound(this WebApplicationBuilder builder)
    {
    }
}
