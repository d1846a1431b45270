namespace Samia.Inbox.Platform;

internal static class PlatformRoom
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BusinessExport>();
        builder.Services.AddSingleton<ExportRecord>();
    }
}
