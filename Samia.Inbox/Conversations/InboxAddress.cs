using Samia.Data;

namespace Samia.Inbox.Conversations;

/// <summary>The inbox's addresses: a link shows a colleague the same conversation and list.</summary>
internal static class InboxAddress
{
    public static string Of(Guid? conversationId, ConversationListQuery query)
    {
        var path = conversationId is null ? "/" : $"/conversations/{conversationId}";
        List<string> parameters = [];
        if (query.Tab != ConversationTab.All)
        {
            parameters.Add("tab=" + query.Tab.ToString().ToLowerInvariant());
        }

        if (query.Status != ConversationStatus.Open)
        {
            parameters.Add("status=" + query.Status.ToString().ToLowerInvariant());
        }

        return parameters.Count == 0 ? path : $"{path}?{string.Join('&', parameters)}";
    }
}
