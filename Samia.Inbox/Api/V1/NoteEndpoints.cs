using System.ComponentModel.DataAnnotations;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class NoteEndpoints
{
    public static void MapNotes(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("").WithTags("Notes");
        group.MapGet("/conversations/{id:guid}/notes", ListAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("List the internal notes of a conversation").WithDescription("The newest first.").Produces<Page<NoteDetails>>();
        group.MapGet("/notes/{id:guid}", FindAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("Read an internal note").WithVersionOf<InternalNote>().Produces<NoteDetails>();
        group.MapPost("/conversations/{id:guid}/notes", AddAsync).RequireAuthorization(Permissions.WriteNotes)
            .WithSummary("Write an internal note").WithDescription("Colleagues see it in the conversation; the customer never does.")
            .WithExample("""{ "body": "Paid by card on 12 May, order 1042." }""").Produces<NoteDetails>(StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(
        Guid id, [AsParameters] PageRequest page, Notes notes, ConversationSearch conversations, HttpContext http, CancellationToken ct) =>
        await conversations.FindAsync(id, ct) is { } conversation
            ? TypedResults.Ok(await page.ReadAsync(http,
                count => notes.PageAsync(conversation.Id, PageCursor.Id(page.Cursor), count, ct), n => PageCursor.Of(n.Id)))
            : ApiProblems.NotFound("conversation");

    private static async Task<IResult> FindAsync(Guid id, Notes notes, CancellationToken ct) =>
        await notes.FindAsync(id, ct) is { } note ? TypedResults.Ok(note) : ApiProblems.NotFound("note");

    private static async Task<IResult> AddAsync(Guid id, NoteRequest request, Notes notes, HttpContext http, CancellationToken ct)
    {
        var written = await notes.AddAsync(id, request.Body, IdempotentPosts.KeyOf(http), ct);
        return await VersionedEndpoints.CreatedAsync<InternalNote>(http, "/notes", written, async () => await notes.FindWrittenAsync(written, ct));
    }
}

internal sealed record NoteRequest
{
    [Required, StringLength(Notes.MaxLength)]
    public string Body { get; init; } = "";
}
