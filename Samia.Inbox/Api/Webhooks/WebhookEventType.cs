using Microsoft.Extensions.Localization;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.Webhooks;

/// <summary>Something that an address of the business's own can be told.</summary>
/// <param name="Name">As programs write it.</param>
/// <param name="Permission">What lets people see this, and so is needed to have it sent somewhere.</param>
/// <param name="Sentence">When it happens, for people.</param>
public sealed record WebhookEventType(string Name, string Permission, Func<IStringLocalizer<Texts>, string> Sentence)
{
    public const string MessageCreated = "message.created";
    public const string MessageUpdated = "message.updated";
    public const string ConversationCreated = "conversation.created";
    public const string ConversationUpdated = "conversation.updated";
    public const string ConversationAssigned = "conversation.assigned";
    public const string NoteCreated = "note.created";
    public const string CustomerCreated = "customer.created";
    public const string CustomerUpdated = "customer.updated";

    /// <summary>What "send a test" sends; nobody subscribes to it.</summary>
    public const string Test = "webhook.test";

    /// <summary>In the order in which people see them.</summary>
    public static IReadOnlyList<WebhookEventType> Catalogue { get; } =
    [
        new(MessageCreated, Permissions.ViewConversations, L => L["A customer wrote, or somebody wrote to a customer."]),
        new(MessageUpdated, Permissions.ViewConversations, L => L["A message was sent, delivered or read, failed, was edited or withdrawn."]),
        new(ConversationCreated, Permissions.ViewConversations, L => L["Somebody wrote for the first time."]),
        new(ConversationUpdated, Permissions.ViewConversations, L => L["Anything of a conversation changed, a new message included."]),
        new(ConversationAssigned, Permissions.ViewConversations, L => L["A conversation got another assignee or team, or none."]),
        new(NoteCreated, Permissions.ViewConversations, L => L["A colleague wrote an internal note. Its text is sent along."]),
        new(CustomerCreated, Permissions.ViewCustomers, L => L["A customer became known."]),
        new(CustomerUpdated, Permissions.ViewCustomers, L => L["What is known of a customer changed."]),
    ];
}
