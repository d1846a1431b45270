namespace Samia.Inbox.Conversations;

internal static class ConversationsRoom
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<VisibleConversations>();
        builder.Services.AddScoped<ConversationCount>();
        builder.Services.AddScoped<Sender>();
        builder.Services.AddScoped<Intake>();
        builder.Services.AddScoped<SendOutcome>();
        builder.Services.AddScoped<ConversationList>();
        builder.Services.AddScoped<ConversationThread>();
        builder.Services.AddScoped<OpenConversations>();
        builder.Services.AddScoped<Assignments>();
        builder.Services.AddScoped<ConversationStatuses>();
        builder.Services.AddScoped<Handback>();
        builder.Services.AddScoped<Workloads>();
        builder.Services.AddScoped<Notes>();
        builder.Services.AddScoped<ConversationSearch>();
        builder.Services.AddScoped<MessageHistory>();
        builder.Services.AddScoped<Labels>();
        builder.Services.AddScoped<ConversationLabels>();
        builder.Services.AddScoped<ReadMarker>();
        builder.Services.AddScoped<Drafts>();
        builder.Services.AddScoped<OutgoingMessages>();
    }
}
