namespace Samia.Inbox.Assistant;

internal static class AssistantRoom
{
    public static void AddAssistant(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<PromptLibrary>();
        builder.Services.AddScoped<PromptVersions>();
    }
}
