using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class MessageEndpoints
{
    public static void MapMessages(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("").WithTags("Messages");
        group.MapGet("/conversations/{id:guid}/messages", ListAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("List the messages of a conversation").WithDescription("The newest first.").Produces<Page<MessageDetails>>();
        group.MapGet("/messages/{id:guid}", FindAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("Read a message").WithVersionOf<Message>().Produces<MessageDetails>();
        group.MapPost("/conversations/{id:guid}/messages", SendAsync).RequireAuthorization(Permissions.Reply)
            .WithSummary("Send a text to the customer")
            .WithDescription("It is queued, and goes out over WhatsApp a moment later: its `status` tells what became of it. WhatsApp takes such a text for 24 hours after the customer's last message (see the conversation's `windowClosesAt`). Send an Idempotency-Key, so that nobody gets it twice.")
            .WithExample("""{ "text": "Your order is ready. See you soon!" }""").Produces<MessageDetails>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        Guid id, [AsParameters] PageRequest page, MessageHistory messages, ConversationSearch conversations, HttpContext http, CancellationToken ct) =>
        await conversations.FindAsync(id, ct) is { } conversation
            ? TypedResults.Ok(await page.ReadAsync(http,
                count => messages.PageAsync(conversation.Id, PageCursor.Id(page.Cursor), count, ct), m => PageCursor.Of(m.Id)))
            : ApiProblems.NotFound("conversation");

    private static async Task<IResult> FindAsync(Guid id, MessageHistory messages, CancellationToken ct) =>
        await messages.FindAsync(id, ct) is { } message ? TypedResults.Ok(message) : ApiProblems.NotFound("message");

    private static async Task<IResult> SendAsync(
        Guid id, TextRequest request, Sender sender, MessageHistory messages, HttpContext http, CancellationToken ct)
    {
        var sent = await sender.SendTextAsync(id, request.Text, IdempotentPosts.KeyOf(http), ct);
        return await VersionedEndpoints.CreatedAsync<Message>(http, "/messages", sent, async () => await messages.FindSentAsync(sent, ct));
    }
}

internal sealed record TextRequest
{
    [Required, StringLength(Sender.MaxTextLength), Description("As WhatsApp shows it: *bold*, _italic_, links.")]
    public string Text { get; init; } = "";
}
