using System.ComponentModel;
using Samia.Inbox.Conversations;
using Samia.Inbox.Team;

namespace Samia.Inbox.Api.V1;

internal static class AssignmentEndpoints
{
    public static void MapAssignments(this RouteGroupBuilder v1)
    {
        var group = v1.MapGroup("/conversations/{id:guid}/assignments").WithTags("Assignments");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.ViewConversations)
            .WithSummary("List who a conversation was assigned to").WithDescription("The newest first.").Produces<Page<AssignmentDetails>>();
        group.MapPost("", AssignAsync).RequireAuthorization(Permissions.Assign)
            .WithSummary("Assign a conversation to an employee, or to nobody")
            .WithDescription("Changes nothing if it is theirs already.").Produces(StatusCodes.Status204NoContent)
            .WithExample("""{ "employeeId": "0199aa00-0000-7000-8000-000000000001" }""");
    }

    private static async Task<IResult> ListAsync(
        Guid id, [AsParameters] PageRequest page, Assignments assignments, ConversationSearch conversations, HttpContext http, CancellationToken ct) =>
        await conversations.FindAsync(id, ct) is { } conversation
            ? TypedResults.Ok(await page.ReadAsync(http,
                count => assignments.PageAsync(conversation.Id, PageCursor.Id(page.Cursor), count, ct), a => PageCursor.Of(a.Id)))
            : ApiProblems.NotFound("conversation");

    private static async Task<IResult> AssignAsync(Guid id, AssignmentRequest request, Assignments assignments, CancellationToken ct)
    {
        await assignments.AssignAsync(id, request.EmployeeId, ct);
        return TypedResults.NoContent();
    }
}

internal sealed record AssignmentRequest
{
    [Description("Null for nobody.")]
    public required Guid? EmployeeId { get; init; }
}
