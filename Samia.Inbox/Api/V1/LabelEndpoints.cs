using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Samia.Data;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class LabelEndpoints
{
    private const string Example = """{ "name": "Refund", "color": "#b3261e", "description": "Somebody wants their money back." }""";

    public static void MapLabels(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/labels").WithTags("Labels");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ViewConversations).WithSummary("List labels");
        group.MapGet("/{id:guid}", FindAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("Read a label").WithVersionOf<Label>().Produces<LabelDetails>();
        group.MapPost("", CreateAsync).RequireAuthorization(Permissions.ManageLabels)
            .WithSummary("Create a label").WithExample(Example).Produces<LabelDetails>(StatusCodes.Status201Created);
        group.MapPut("/{id:guid}", UpdateAsync).RequireAuthorization(Permissions.ManageLabels)
            .WithSummary("Change a label").WithVersionOf<Label>().WithExample(Example).Produces<LabelDetails>();
        group.MapDelete("/{id:guid}", DeleteAsync).RequireAuthorization(Permissions.ManageLabels)
            .WithSummary("Delete a label").WithDescription("Takes it off every conversation, too.")
            .WithVersionOf<Label>().Produces(StatusCodes.Status204NoContent);

        const string Settled = "A conversation has the label or does not: there is nothing to overwrite.";
        var on = v1.MapGroup("/conversations/{id:guid}/labels").WithTags("Labels");
        on.MapGet("", OfConversationAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("List the labels of a conversation").Produces<IReadOnlyList<LabelDetails>>();
        on.MapPut("/{labelId:guid}", AddAsync).RequireAuthorization(Permissions.Resolve)
            .WithSummary("Put a label on a conversation").WithoutVersion(Settled).Produces(StatusCodes.Status204NoContent);
        on.MapDelete("/{labelId:guid}", RemoveAsync).RequireAuthorization(Permissions.Resolve)
            .WithSummary("Take a label off a conversation").WithoutVersion(Settled).Produces(StatusCodes.Status204NoContent);
    }

    private static Task<Page<LabelDetails>> ListAsync([AsParameters] PageRequest page, Labels labels, HttpContext http, CancellationToken ct) =>
        page.ReadAsync(http, count => labels.PageAsync(PageCursor.Id(page.Cursor), count, ct), l => PageCursor.Of(l.Id));

    private static async Task<IResult> FindAsync(Guid id, Labels labels, CancellationToken ct) =>
        await labels.FindAsync(id, ct) is { } label ? TypedResults.Ok(label) : ApiProblems.NotFound("label");

    private static async Task<IResult> CreateAsync(LabelRequest request, Labels labels, HttpContext http, CancellationToken ct)
    {
        var id = (await labels.CreateAsync(request.Content, ct)).Id;
        return await VersionedEndpoints.CreatedAsync<Label>(http, "/labels", id, async () => await labels.FindAsync(id, ct));
    }

    private static async Task<IResult> UpdateAsync(Guid id, LabelRequest request, Labels labels, CancellationToken ct) =>
        await labels.UpdateAsync(id, request.Content, ct) is { } label ? TypedResults.Ok(label) : ApiProblems.NotFound("label");

    private static async Task<IResult> DeleteAsync(Guid id, Labels labels, CancellationToken ct) =>
        await labels.DeleteAsync(id, ct) ? TypedResults.NoContent() : ApiProblems.NotFound("label");

    private static async Task<IResult> OfConversationAsync(
        Guid id, ConversationLabels labels, ConversationSearch conversations, CancellationToken ct) =>
        await conversations.FindAsync(id, ct) is { } conversation
            ? TypedResults.Ok(await labels.OfAsync(conversation.Id, ct))
            : ApiProblems.NotFound("conversation");

    private static async Task<IResult> AddAsync(Guid id, Guid labelId, ConversationLabels labels, CancellationToken ct) =>
        await labels.AddAsync(id, labelId, ct) ? TypedResults.NoContent() : ApiProblems.NotFound("label");

    private static async Task<IResult> RemoveAsync(Guid id, Guid labelId, ConversationLabels labels, CancellationToken ct)
    {
        await labels.RemoveAsync(id, labelId, ct);
        return TypedResults.NoContent();
    }
}

internal sealed record LabelRequest
{
    [Required, StringLength(Labels.MaxNameLength)]
    public string Name { get; init; } = "";

    [Required, RegularExpression("^#[0-9a-fA-F]{6}$", ErrorMessage = "Write the color as #rrggbb."), Description("As #rrggbb.")]
    public string Color { get; init; } = "";

    [StringLength(Labels.MaxDescriptionLength)]
    public string Description { get; init; } = "";

    internal LabelContent Content => new(Name, Color, Description);
}
