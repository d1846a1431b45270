namespace Samia.Inbox.Conversations;

internal static class ConversationsRoom
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<Sender>();
        builder.Services.AddScoped<Intake>();
        builder.Services.AddScoped<SendOutcome>();
        builder.Services.AddScoped<OutgoingMessages>();
    }
}
