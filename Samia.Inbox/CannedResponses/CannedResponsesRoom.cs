namespace Samia.Inbox.CannedResponses;

internal static class CannedResponsesRoom
{
    public static void AddCannedResponses(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CannedResponseRules>();
        builder.Services.AddScoped<CannedResponseLibrary>();
    }
}
